package io.peerup.identify;

import io.netty.buffer.ByteBuf;
import io.peerup.swarm.ProtocolId;
import io.peerup.wire.Multiaddr;
import io.peerup.wire.ProtoReader;
import io.peerup.wire.ProtocolViolation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads one answer, which may come in several messages that are merged; repeated fields are counted while they are read.
 * Schema: {@code src/main/proto/identify.proto}.
 */
public final class IdentifyReader {
    /** The longest single message that is read. */
    public static final int MAX_MESSAGE_BYTES = 8192;

    static final int MAX_MESSAGES = 10;
    static final int MAX_PROTOCOLS = 1024;
    static final int MAX_ADDRESSES = 500;

    static final int PUBLIC_KEY = 1;
    static final int LISTEN_ADDRESSES = 2;
    static final int PROTOCOLS = 3;
    static final int OBSERVED = 4;
    static final int PROTOCOL_VERSION = 5;
    static final int AGENT_VERSION = 6;
    static final int SIGNED_PEER_RECORD = 8;

    private static final int MAX_VERSION_BYTES = 1024;

    private final List<Multiaddr> listenAddresses = new ArrayList<>();
    private final List<ProtocolId> protocols = new ArrayList<>();
    private byte[] publicKey = {};
    private Optional<Multiaddr> observed = Optional.empty();
    private String protocolVersion = "";
    private String agentVersion = "";
    private Optional<byte[]> signedPeerRecord = Optional.empty();
    private int messages;
    private int addresses;

    /** Merges the next message in; neither indices nor reference count of the buffer change. */
    public void read(ByteBuf message) throws ProtocolViolation {
        if (++messages > MAX_MESSAGES) {
            throw new ProtocolViolation(IdentifyRule.TOO_MANY_MESSAGES, "more than " + MAX_MESSAGES);
        }
        ProtoReader in = ProtoReader.of(message);
        for (int field = nextField(in); field != 0; field = nextField(in)) {
            try {
                readField(in, field);
            } catch (ProtocolViolation violation) {
                throw malformed(violation);
            }
        }
    }

    /** Everything so far. */
    public IdentifyMessage message() {
        return new IdentifyMessage(
                publicKey, listenAddresses, protocols, observed, protocolVersion, agentVersion, signedPeerRecord);
    }

    private void readField(ProtoReader in, int field) throws ProtocolViolation {
        switch (field) {
            case PUBLIC_KEY -> publicKey = in.bytes(MAX_MESSAGE_BYTES);
            case LISTEN_ADDRESSES -> {
                if (++addresses > MAX_ADDRESSES) {
                    throw new ProtocolViolation(IdentifyRule.TOO_MANY_ADDRESSES, "more than " + MAX_ADDRESSES);
                }
                address(in.bytes(MAX_MESSAGE_BYTES)).ifPresent(listenAddresses::add);
            }
            case PROTOCOLS -> {
                if (protocols.size() == MAX_PROTOCOLS) {
                    throw new ProtocolViolation(IdentifyRule.TOO_MANY_PROTOCOLS, "more than " + MAX_PROTOCOLS);
                }
                protocol(in.string(MAX_MESSAGE_BYTES)).ifPresent(protocols::add);
            }
            case OBSERVED -> observed = address(in.bytes(MAX_MESSAGE_BYTES));
            case PROTOCOL_VERSION -> protocolVersion = in.string(MAX_VERSION_BYTES);
            case AGENT_VERSION -> agentVersion = in.string(MAX_VERSION_BYTES);
            case SIGNED_PEER_RECORD -> signedPeerRecord = Optional.of(in.bytes(MAX_MESSAGE_BYTES));
            default -> in.skip();
        }
    }

    private static int nextField(ProtoReader in) throws ProtocolViolation {
        try {
            return in.nextField();
        } catch (ProtocolViolation violation) {
            throw malformed(violation);
        }
    }

    private static ProtocolViolation malformed(ProtocolViolation violation) {
        return violation.rule() instanceof IdentifyRule
                ? violation
                : new ProtocolViolation(IdentifyRule.MALFORMED, String.valueOf(violation.getMessage()));
    }

    /** An address of a kind that is not known here is no reason to think less of the peer. */
    private static Optional<Multiaddr> address(byte[] bytes) {
        try {
            return bytes.length == 0 ? Optional.empty() : Optional.of(Multiaddr.fromBytes(bytes));
        } catch (ProtocolViolation unknownKind) {
            return Optional.empty();
        }
    }

    private static Optional<ProtocolId> protocol(String name) {
        boolean usable = !name.isEmpty() && name.length() <= ProtocolId.MAX_BYTES / 3 && name.indexOf('\n') < 0;
        return usable ? Optional.of(ProtocolId.of(name)) : Optional.empty();
    }
}
