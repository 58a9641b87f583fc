package io.peerup.identify;

import io.netty.buffer.ByteBuf;
import io.peerup.swarm.ProtocolId;
import io.peerup.wire.Multiaddr;
import io.peerup.wire.ProtoReader;
import io.peerup.wire.ProtocolViolation;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads one answer, which may come in several messages: of a single field the last one counts, repeated fields add up
 * and are counted while they are read. Addresses and protocols that cannot be used here are passed over. For one
 * thread. Schema: {@code src/main/proto/identify.proto}.
 */
public final class IdentifyReader {
    /** The longest single message that is read. */
    public static final int MAX_MESSAGE_BYTES = 8192;

    static final int MAX_MESSAGES = 10;
    static final int MAX_PROTOCOLS = 1024;
    static final int MAX_ADDRESSES = 500;
    static final int MAX_VERSION_BYTES = 1024;

    static final int PUBLIC_KEY = 1;
    static final int LISTEN_ADDRESSES = 2;
    static final int PROTOCOLS = 3;
    static final int OBSERVED = 4;
    static final int PROTOCOL_VERSION = 5;
    static final int AGENT_VERSION = 6;
    static final int SIGNED_PEER_RECORD = 8;

    private final List<Multiaddr> listenAddresses = new ArrayList<>();
    private final List<ProtocolId> protocols = new ArrayList<>();
    private byte[] publicKey = {};
    private Optional<Multiaddr> observed = Optional.empty();
    private String protocolVersion = "";
    private String agentVersion = "";
    private Optional<byte[]> signedPeerRecord = Optional.empty();
    private int messagesRead;
    private int addressesRead;
    private int protocolsRead;

    /**
     * Merges the next message in; neither indices nor reference count of the buffer change.
     *
     * @throws ProtocolViolation with an {@link IdentifyRule}
     */
    public void read(ByteBuf message) throws ProtocolViolation {
        count(++messagesRead, MAX_MESSAGES, IdentifyRule.TOO_MANY_MESSAGES);
        try {
            ProtoReader in = ProtoReader.of(message);
            for (int field = in.nextField(); field != 0; field = in.nextField()) {
                readField(in, field);
            }
        } catch (ProtocolViolation violation) {
            throw violation.rule() instanceof IdentifyRule
                    ? violation
                    : new ProtocolViolation(IdentifyRule.MALFORMED, String.valueOf(violation.getMessage()));
        }
    }

    /** Everything so far; there must have been a message. */
    public IdentifyMessage message() throws ProtocolViolation {
        if (messagesRead == 0) {
            throw new ProtocolViolation(IdentifyRule.NO_MESSAGE, "nothing was said");
        }
        return new IdentifyMessage(
                publicKey, listenAddresses, protocols, observed, protocolVersion, agentVersion, signedPeerRecord);
    }

    /** Rejects a version string of ours that a reader like this one would not take. */
    static void requireReadable(String version) {
        if (version.getBytes(StandardCharsets.UTF_8).length > MAX_VERSION_BYTES) {
            throw new IllegalArgumentException("a version of more than " + MAX_VERSION_BYTES + " bytes");
        }
    }

    private void readField(ProtoReader in, int field) throws ProtocolViolation {
        switch (field) {
            case PUBLIC_KEY -> publicKey = in.bytes(MAX_MESSAGE_BYTES);
            case LISTEN_ADDRESSES -> {
                count(++addressesRead, MAX_ADDRESSES, IdentifyRule.TOO_MANY_ADDRESSES);
                address(in.bytes(MAX_MESSAGE_BYTES)).ifPresent(listenAddresses::add);
            }
            case PROTOCOLS -> {
                count(++protocolsRead, MAX_PROTOCOLS, IdentifyRule.TOO_MANY_PROTOCOLS);
                protocol(in.string(MAX_MESSAGE_BYTES)).ifPresent(protocols::add);
            }
            case OBSERVED -> observed = address(in.bytes(MAX_MESSAGE_BYTES));
            case PROTOCOL_VERSION -> protocolVersion = printable(in.string(MAX_VERSION_BYTES));
            case AGENT_VERSION -> agentVersion = printable(in.string(MAX_VERSION_BYTES));
            case SIGNED_PEER_RECORD -> signedPeerRecord = Optional.of(in.bytes(MAX_MESSAGE_BYTES));
            default -> in.skip();
        }
    }

    private static void count(int read, int max, IdentifyRule rule) throws ProtocolViolation {
        if (read > max) {
            throw new ProtocolViolation(rule, "more than " + max);
        }
    }

    /** An address of a kind that is not known here, or the empty one of older go peers, is no fault of the peer. */
    private static Optional<Multiaddr> address(byte[] bytes) {
        try {
            return Optional.of(Multiaddr.fromBytes(bytes));
        } catch (ProtocolViolation unusable) {
            return Optional.empty();
        }
    }

    private static Optional<ProtocolId> protocol(String name) {
        boolean usable = !name.isEmpty()
                && name.getBytes(StandardCharsets.UTF_8).length <= ProtocolId.MAX_BYTES
                && name.codePoints().noneMatch(Character::isISOControl);
        return usable ? Optional.of(ProtocolId.of(name)) : Optional.empty();
    }

    /** These strings end up in logs and on terminals. */
    private static String printable(String text) {
        return text.codePoints()
                .map(character -> Character.isISOControl(character) ? '?' : character)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
