package io.peerup.circuitrelay;

/**
 * How a request ended. Numbers that this project does not know are kept as they are.
 *
 * @param value the number on the wire
 */
public record StatusCode(int value) {
    /** Agreed. */
    public static final StatusCode OK = new StatusCode(100);

    /** No reservation for reasons of room. */
    public static final StatusCode RESERVATION_REFUSED = new StatusCode(200);

    /** No circuit for reasons of room. */
    public static final StatusCode RESOURCE_LIMIT_EXCEEDED = new StatusCode(201);

    /** The relay does not want to. */
    public static final StatusCode PERMISSION_DENIED = new StatusCode(202);

    /** The relay could not agree on a circuit with the destination. */
    public static final StatusCode CONNECTION_FAILED = new StatusCode(203);

    /** The destination has no reservation. */
    public static final StatusCode NO_RESERVATION = new StatusCode(204);

    /** The request could not be read. */
    public static final StatusCode MALFORMED_MESSAGE = new StatusCode(400);

    /** The request had no place there. */
    public static final StatusCode UNEXPECTED_MESSAGE = new StatusCode(401);

    /** Whether the request was granted. */
    public boolean isOk() {
        return value == OK.value;
    }

    /** What it means, in one line for the person on the side that asked. */
    public String line() {
        return switch (value) {
            case 100 -> "the relay agreed";
            case 200 -> "the relay has no room for another reservation";
            case 201 -> "the relay already carries as many circuits as it allows one peer";
            case 202 -> "the relay does not serve this peer; its operator must authorize it";
            case 203 -> "the relay could not reach the peer, although the peer holds a reservation";
            case 204 -> "the peer holds no reservation at the relay; is it running and connected to this relay?";
            case 400 -> "the relay could not read the request";
            case 401 -> "the relay did not expect the request";
            default -> "the relay answered with status " + value + ", which is not known here";
        };
    }

    /** The name in the spec, or the number. */
    @Override
    public String toString() {
        return switch (value) {
            case 100 -> "OK";
            case 200 -> "RESERVATION_REFUSED";
            case 201 -> "RESOURCE_LIMIT_EXCEEDED";
            case 202 -> "PERMISSION_DENIED";
            case 203 -> "CONNECTION_FAILED";
            case 204 -> "NO_RESERVATION";
            case 400 -> "MALFORMED_MESSAGE";
            case 401 -> "UNEXPECTED_MESSAGE";
            default -> "status " + value;
        };
    }
}
