package io.peerup.identify;

import io.peerup.swarm.ProtocolId;
import io.peerup.wire.Multiaddr;
import io.peerup.wire.ProtoWriter;
import java.util.List;

/**
 * Writes an answer. Some peers read one message of at most 4 KiB, so the first message fits that and leaves the signed
 * record to a second one unless both are small.
 */
public final class IdentifyWriter {
    static final int MAX_FIRST_MESSAGE_BYTES = 4096;
    static final int MAX_SINGLE_MESSAGE_BYTES = 2048;

    private IdentifyWriter() {}

    /** One or two messages, without their lengths. */
    public static List<byte[]> write(IdentifyMessage message) {
        ProtoWriter everything = fields(message, message.listenAddresses(), message.protocols());
        message.signedPeerRecord().ifPresent(record -> everything.bytes(IdentifyReader.SIGNED_PEER_RECORD, record));
        byte[] single = everything.toByteArray();
        if (single.length <= MAX_SINGLE_MESSAGE_BYTES) {
            return List.of(single);
        }
        byte[] first = trimmed(message);
        return message.signedPeerRecord()
                .map(record -> List.of(
                        first,
                        new ProtoWriter()
                                .bytes(IdentifyReader.SIGNED_PEER_RECORD, record)
                                .toByteArray()))
                .orElse(List.of(first));
    }

    /** Leaves out the last addresses, then the last protocols, until the rest fits. */
    private static byte[] trimmed(IdentifyMessage message) {
        List<Multiaddr> addresses = message.listenAddresses();
        List<ProtocolId> protocols = message.protocols();
        byte[] bytes = fields(message, addresses, protocols).toByteArray();
        while (bytes.length > MAX_FIRST_MESSAGE_BYTES && !(addresses.isEmpty() && protocols.isEmpty())) {
            if (addresses.isEmpty()) {
                protocols = protocols.subList(0, protocols.size() - 1);
            } else {
                addresses = addresses.subList(0, addresses.size() - 1);
            }
            bytes = fields(message, addresses, protocols).toByteArray();
        }
        return bytes;
    }

    private static ProtoWriter fields(IdentifyMessage message, List<Multiaddr> addresses, List<ProtocolId> protocols) {
        ProtoWriter out = new ProtoWriter().bytes(IdentifyReader.PUBLIC_KEY, message.publicKey());
        addresses.forEach(address -> out.bytes(IdentifyReader.LISTEN_ADDRESSES, address.bytes()));
        protocols.forEach(protocol -> out.string(IdentifyReader.PROTOCOLS, protocol.value()));
        message.observed().ifPresent(address -> out.bytes(IdentifyReader.OBSERVED, address.bytes()));
        return out.string(IdentifyReader.PROTOCOL_VERSION, message.protocolVersion())
                .string(IdentifyReader.AGENT_VERSION, message.agentVersion());
    }
}
