package io.peerup.swarm;

/** A connection did not become a secured, multiplexed one. The message is one line for a person. */
public final class UpgradeFailed extends Exception {
    private static final long serialVersionUID = 1L;

    private final Stage stage;

    /** How far it came. */
    public enum Stage {
        /** Nothing was spent on it yet. */
        ACCEPT,
        /** Agreeing on and running the security handshake. */
        SECURITY,
        /** The gate looked at who is there. */
        GATE,
        /** Agreeing on the muxer. */
        MUXER
    }

    /** A failure at {@code stage}. */
    public UpgradeFailed(Stage stage, String message) {
        super(message, null, false, false);
        this.stage = stage;
    }

    /** A failure at {@code stage} because of {@code cause}. */
    public UpgradeFailed(Stage stage, String message, Throwable cause) {
        super(message, cause, false, false);
        this.stage = stage;
    }

    /** How far it came. */
    public Stage stage() {
        return stage;
    }
}
