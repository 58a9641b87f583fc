package io.peerup.circuitrelay;

/** What became of asking for a reservation. */
public sealed interface ReserveOutcome {
    /** We hold it. */
    record Granted(Reservation reservation) implements ReserveOutcome {}

    /** The relay said no. */
    record Refused(StatusCode status) implements ReserveOutcome {}

    /** There was no answer, or none to be believed; one line says why. */
    record Failed(String why) implements ReserveOutcome {}
}
