package io.peerup.relay.program;

/** A command could not do what it was asked. The message is one line that says what, where and what to do; exit 1. */
public final class CommandFailed extends Exception {
    private static final long serialVersionUID = 1L;

    /** Fails with this line. */
    public CommandFailed(String line) {
        super(line, null, false, false);
    }
}
