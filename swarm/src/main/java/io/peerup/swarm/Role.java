package io.peerup.swarm;

/**
 * Which side of an upgrade we play. Usually the dialer is the initiator; when both sides dial at once (hole punching)
 * the role is agreed on beforehand and may differ from the {@link Direction}.
 */
public enum Role {
    /** Proposes protocols, sends the first handshake message, opens odd yamux streams. */
    INITIATOR,
    /** Answers. */
    RESPONDER;

    /** The role that goes with a direction when nothing else was agreed. */
    public static Role of(Direction direction) {
        return switch (direction) {
            case OUTBOUND -> INITIATOR;
            case INBOUND -> RESPONDER;
        };
    }
}
