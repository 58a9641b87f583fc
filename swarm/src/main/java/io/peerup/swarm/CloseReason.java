package io.peerup.swarm;

import io.peerup.wire.ProtocolViolation;

/**
 * Why a connection or a stream ended: one immutable value that event, log and metric share. The codes are those of
 * the carrier (see {@link ErrorCode}): the connection family for a connection, the stream family for a stream.
 */
public sealed interface CloseReason {
    /** Why the streams of a connection end that ended for this reason: the same, with the code of their family. */
    default CloseReason ofItsStreams() {
        return switch (this) {
            case Local(long code) -> new Local(ErrorCode.streamCodeOf(code));
            case Remote(long code) -> new Remote(ErrorCode.streamCodeOf(code));
            case Finished finished -> finished;
            case Violated violated -> violated;
            case TimedOut late -> late;
            case RelayLimitReached reached -> reached;
            case Failed failed -> failed;
        };
    }

    /** Both directions of a stream ended with FIN; everything written was handed to the transport. */
    record Finished() implements CloseReason {
        @Override
        public String toString() {
            return "finished";
        }
    }

    /**
     * We ended it.
     *
     * @param code the code we sent, 0 for none
     */
    record Local(long code) implements CloseReason {
        @Override
        public String toString() {
            return "closed by us, code 0x" + Long.toHexString(code);
        }
    }

    /**
     * The remote peer ended it: a reset, a go-away, or the end of the transport without a word (code 0).
     *
     * @param code the code the peer sent, 0 for none
     */
    record Remote(long code) implements CloseReason {
        @Override
        public String toString() {
            return "closed by the peer, code 0x" + Long.toHexString(code);
        }
    }

    /**
     * The peer broke a rule.
     *
     * @param rule the rule, from the catalogue of the module that noticed
     * @param detail what was seen, for the log
     */
    record Violated(ProtocolViolation.Rule rule, String detail) implements CloseReason {
        /** The reason that goes with a caught violation. */
        public static Violated of(ProtocolViolation violation) {
            return new Violated(violation.rule(), String.valueOf(violation.getMessage()));
        }

        @Override
        public String toString() {
            return "the peer broke a rule, " + detail;
        }
    }

    /**
     * Something took too long.
     *
     * @param timer what was waited for, in words such as {@code keepalive}
     */
    record TimedOut(String timer) implements CloseReason {
        @Override
        public String toString() {
            return "timed out: " + timer;
        }
    }

    /**
     * A limit of the relay that carries this connection was reached; not a fault of the network or the peer.
     *
     * @param limit which limit, in words for a person
     */
    record RelayLimitReached(String limit) implements CloseReason {
        @Override
        public String toString() {
            return "the relay's limit was reached: " + limit;
        }
    }

    /**
     * The transport below failed.
     *
     * @param cause what it said
     */
    record Failed(Throwable cause) implements CloseReason {
        @Override
        public String toString() {
            String message = cause.getMessage();
            return "failed: " + (message == null ? cause.getClass().getSimpleName() : message);
        }
    }
}
