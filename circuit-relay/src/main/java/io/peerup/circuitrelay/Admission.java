package io.peerup.circuitrelay;

/** Whether there is room. */
public sealed interface Admission {
    /** There is, and it is taken. */
    record Admitted() implements Admission {}

    /**
     * There is not; nothing changed.
     *
     * @param status what the peer is told
     * @param why what the log is told
     */
    record Refused(StatusCode status, String why) implements Admission {}
}
