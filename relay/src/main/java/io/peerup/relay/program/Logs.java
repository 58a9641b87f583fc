package io.peerup.relay.program;

/** How much is logged. Commands that answer and end log warnings only; those that stay log what happens. */
public final class Logs {
    static final String LEVEL = "peerup.log";

    private Logs() {}

    /** Logs what happens, unless {@code PEERUP_LOG} says otherwise. Called before anything is logged. */
    public static void ofAServer() {
        System.setProperty(LEVEL, "info");
    }
}
