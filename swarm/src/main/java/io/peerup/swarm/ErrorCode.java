package io.peerup.swarm;

/**
 * Why a connection or a stream is closed, as the numbers that libp2p peers share. The two families are off by one.
 *
 * <p>libp2p specs, error-codes (as deployed by go-libp2p 0.47: {@code core/network/conn.go} and {@code mux.go}).
 */
public enum ErrorCode {
    /** Nothing particular. */
    NONE(0, 0),
    /** No protocol that both sides speak. */
    PROTOCOL_NEGOTIATION_FAILED(0x1000, 0x1001),
    /** A limit on streams, connections or memory. */
    RESOURCE_LIMIT_EXCEEDED(0x1001, 0x1002),
    /** Too often. */
    RATE_LIMITED(0x1002, 0x1003),
    /** The peer broke a rule. */
    PROTOCOL_VIOLATION(0x1003, 0x1004),
    /** A better connection to the same peer took over. */
    SUPPLANTED(0x1004, 0x1005),
    /** The connection manager made room. */
    GARBAGE_COLLECTED(0x1005, 0x1006),
    /** The node stops. */
    SHUTDOWN(0x1006, 0x1007),
    /** The gate does not let this peer in. */
    GATED(0x1007, 0x1008),
    /** A code that does not fit the carrier. */
    CODE_OUT_OF_RANGE(0x1008, 0x1009);

    private final long connectionCode;
    private final long streamCode;

    ErrorCode(long connectionCode, long streamCode) {
        this.connectionCode = connectionCode;
        this.streamCode = streamCode;
    }

    /** The number that closes a connection. */
    public long connectionCode() {
        return connectionCode;
    }

    /** The number that resets a stream. */
    public long streamCode() {
        return streamCode;
    }

    /** What a stream is told when its connection ends with this code; a number that is not ours stays as it is. */
    static long streamCodeOf(long connectionCode) {
        for (ErrorCode known : values()) {
            if (known.connectionCode == connectionCode) {
                return known.streamCode;
            }
        }
        return connectionCode;
    }

    /** A readable name for a stream code from the wire; unknown numbers are shown in hexadecimal. */
    public static String describeStreamCode(long code) {
        for (ErrorCode known : values()) {
            if (known.streamCode == code) {
                return known.name();
            }
        }
        return "0x" + Long.toHexString(code);
    }

    /** A readable name for a connection code from the wire; unknown numbers are shown in hexadecimal. */
    public static String describeConnectionCode(long code) {
        for (ErrorCode known : values()) {
            if (known.connectionCode == code) {
                return known.name();
            }
        }
        return "0x" + Long.toHexString(code);
    }
}
