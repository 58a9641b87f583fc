package io.peerup.identify;

import io.netty.buffer.Unpooled;
import io.peerup.swarm.ProtocolId;
import io.peerup.wire.Identity;
import io.peerup.wire.Multiaddr;
import io.peerup.wire.ProtocolViolation;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What several tests speak of. */
public final class Samples {
    /** We. */
    public static final Identity SELF = identity(1);

    /** The peer at the other end. */
    public static final Identity PEER = identity(2);

    /** Somebody else. */
    public static final Identity STRANGER = identity(3);

    private Samples() {}

    /** An address, known to be one. */
    public static Multiaddr address(String text) {
        try {
            return Multiaddr.parse(text);
        } catch (ProtocolViolation typo) {
            throw new AssertionError(typo);
        }
    }

    /** Addresses, known to be such. */
    public static List<Multiaddr> addresses(String... texts) {
        return Stream.of(texts).map(Samples::address).toList();
    }

    /** A message that says everything but a signed record. */
    public static IdentifyMessage message(Identity from) {
        return new IdentifyMessage(
                from.publicKey().toProtobuf(),
                addresses("/ip4/11.0.0.2/tcp/4001"),
                List.of(ProtocolId.of("/one/1"), ProtocolId.of("/two/2")),
                Optional.of(address("/ip4/11.0.0.1/tcp/5001")),
                "net/1",
                "sample/1",
                Optional.empty());
    }

    /** The same with another record. */
    public static IdentifyMessage withRecord(IdentifyMessage message, byte[] envelope) {
        return new IdentifyMessage(
                message.publicKey(),
                message.listenAddresses(),
                message.protocols(),
                message.observed(),
                message.protocolVersion(),
                message.agentVersion(),
                Optional.of(envelope));
    }

    /** What a reader makes of messages. */
    public static IdentifyMessage read(List<byte[]> messages) throws ProtocolViolation {
        IdentifyReader reader = new IdentifyReader();
        for (byte[] message : messages) {
            reader.read(Unpooled.wrappedBuffer(message));
        }
        return reader.message();
    }

    private static Identity identity(int seed) {
        byte[] bytes = new byte[32];
        Arrays.fill(bytes, (byte) seed);
        return Identity.ofEd25519Seed(bytes);
    }
}
