package io.peerup.identify;

import io.peerup.wire.ProtoWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes an answer as one or more messages for a reader that merges them. Some readers take one message only, and no
 * more than 4 KiB, so the first has what matters most: key, versions, observed address, protocols, then addresses, the
 * most useful first. The signed record stands alone behind them, as go-libp2p does it, unless everything is small.
 */
public final class IdentifyWriter {
    /** rust-libp2p reads one message of at most this length. */
    static final int MAX_MESSAGE_BYTES = 4096;

    /** go-libp2p keeps the record with the rest up to this length. */
    static final int MAX_SINGLE_MESSAGE_BYTES = 2048;

    private IdentifyWriter() {}

    /** The messages, without their lengths; a reader accepts no more than ten, so what is beyond is left out. */
    public static List<byte[]> write(IdentifyMessage message) {
        List<byte[]> fields = fields(message);
        List<byte[]> record = message
                .signedPeerRecord()
                .map(envelope -> new ProtoWriter().bytes(IdentifyReader.SIGNED_PEER_RECORD, envelope))
                .map(ProtoWriter::toByteArray)
                .stream()
                .toList();
        if (bytes(fields) + bytes(record) <= MAX_SINGLE_MESSAGE_BYTES) {
            fields.addAll(record);
            return List.of(join(fields));
        }
        List<byte[]> messages = pack(fields);
        List<byte[]> kept = messages.subList(0, Math.min(messages.size(), IdentifyReader.MAX_MESSAGES - 1));
        List<byte[]> all = new ArrayList<>(kept);
        all.addAll(record);
        return all;
    }

    /** Every field as it goes on the wire, in the order of importance. */
    private static List<byte[]> fields(IdentifyMessage message) {
        List<byte[]> fields = new ArrayList<>();
        fields.add(field(IdentifyReader.PUBLIC_KEY, message.publicKey()));
        fields.add(field(IdentifyReader.PROTOCOL_VERSION, message.protocolVersion()));
        fields.add(field(IdentifyReader.AGENT_VERSION, message.agentVersion()));
        message.observed().ifPresent(address -> fields.add(field(IdentifyReader.OBSERVED, address.bytes())));
        message.protocols().forEach(protocol -> fields.add(field(IdentifyReader.PROTOCOLS, protocol.value())));
        message.listenAddresses()
                .forEach(address -> fields.add(field(IdentifyReader.LISTEN_ADDRESSES, address.bytes())));
        return fields;
    }

    /** Fills one message after the other; no field is as long as a message. */
    private static List<byte[]> pack(List<byte[]> fields) {
        List<byte[]> messages = new ArrayList<>();
        List<byte[]> open = new ArrayList<>();
        for (byte[] field : fields) {
            if (!open.isEmpty() && bytes(open) + field.length > MAX_MESSAGE_BYTES) {
                messages.add(join(open));
                open.clear();
            }
            open.add(field);
        }
        messages.add(join(open));
        return messages;
    }

    private static byte[] field(int number, byte[] value) {
        return new ProtoWriter().bytes(number, value).toByteArray();
    }

    private static byte[] field(int number, String value) {
        return new ProtoWriter().string(number, value).toByteArray();
    }

    private static int bytes(List<byte[]> fields) {
        return fields.stream().mapToInt(field -> field.length).sum();
    }

    private static byte[] join(List<byte[]> fields) {
        byte[] joined = new byte[bytes(fields)];
        int end = 0;
        for (byte[] field : fields) {
            System.arraycopy(field, 0, joined, end, field.length);
            end += field.length;
        }
        return joined;
    }
}
