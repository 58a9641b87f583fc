package io.peerup.yamux;

/** One frame's header. The payload of a {@link Data} frame follows it on the wire. */
public sealed interface YamuxFrame {
    /** Bytes of a stream. */
    record Data(int streamId, Flags flags, long length) implements YamuxFrame {}

    /**
     * More credit for a stream, or only its flags. In a frame that resets, {@code delta} is the error code instead.
     *
     * @param delta unsigned 32 bits
     */
    record WindowUpdate(int streamId, Flags flags, long delta) implements YamuxFrame {}

    /**
     * Are you there; with {@code answer}, yes.
     *
     * @param opaque unsigned 32 bits that the answer repeats
     */
    record Ping(boolean answer, long opaque) implements YamuxFrame {}

    /**
     * The session ends.
     *
     * @param code unsigned 32 bits: 0 normal, 1 protocol error, 2 internal error, or a libp2p error code
     */
    record GoAway(long code) implements YamuxFrame {
        /** The peer broke a rule. */
        public static final long PROTOCOL_ERROR = 1;
    }

    /** Any combination of what can be said beside data or credit. */
    record Flags(boolean syn, boolean ack, boolean fin, boolean rst) {
        static final Flags NONE = new Flags(false, false, false, false);
        static final Flags SYN = new Flags(true, false, false, false);
        static final Flags ACK = new Flags(false, true, false, false);
        static final Flags FIN = new Flags(false, false, true, false);
        static final Flags RST = new Flags(false, false, false, true);

        private static final int SYN_BIT = 1;
        private static final int ACK_BIT = 2;
        private static final int FIN_BIT = 4;
        private static final int RST_BIT = 8;

        /** From the wire; bits that mean nothing are ignored. */
        static Flags ofBits(int bits) {
            return switch (bits) {
                case 0 -> NONE;
                case SYN_BIT -> SYN;
                case ACK_BIT -> ACK;
                case FIN_BIT -> FIN;
                case RST_BIT -> RST;
                default ->
                    new Flags(
                            (bits & SYN_BIT) != 0, (bits & ACK_BIT) != 0, (bits & FIN_BIT) != 0, (bits & RST_BIT) != 0);
            };
        }

        int bits() {
            return (syn ? SYN_BIT : 0) | (ack ? ACK_BIT : 0) | (fin ? FIN_BIT : 0) | (rst ? RST_BIT : 0);
        }
    }
}
