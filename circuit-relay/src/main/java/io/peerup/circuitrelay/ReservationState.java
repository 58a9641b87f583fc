package io.peerup.circuitrelay;

import java.time.Duration;

/** Where we stand with a relay that we want a reservation at. */
public sealed interface ReservationState {
    /** One line for a person. */
    String line();

    /** The first attempt is under way. */
    record Connecting() implements ReservationState {
        @Override
        public String line() {
            return "connecting";
        }
    }

    /** We are reachable through it. */
    record Reserved(Reservation reservation) implements ReservationState {
        @Override
        public String line() {
            return "reserved until " + reservation.expires().toInstant();
        }
    }

    /**
     * It cannot be reached, or gives no usable answer.
     *
     * @param problem the last one, in one line
     * @param attempts that failed one after another, at least 1
     * @param next how long until the next attempt
     */
    record Retrying(String problem, int attempts, Duration next) implements ReservationState {
        @Override
        public String line() {
            return "not reserved: " + problem + " (attempt " + attempts + ", trying again)";
        }
    }

    /**
     * It says no.
     *
     * @param next how long until we ask again
     */
    record Refused(StatusCode status, Duration next) implements ReservationState {
        @Override
        public String line() {
            return "refused: " + status.line() + " (asking again in " + next.toSeconds() + " s)";
        }
    }
}
