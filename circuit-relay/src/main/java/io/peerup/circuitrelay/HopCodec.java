package io.peerup.circuitrelay;

import io.peerup.swarm.ConnectionLimit;
import io.peerup.wire.ProtoReader;
import io.peerup.wire.ProtoWriter;
import io.peerup.wire.ProtocolViolation;
import io.peerup.wire.UnixSeconds;
import java.util.Optional;

/**
 * The bytes of {@link HopMessage}s, without their length. Fields that a message has no use for are read and dropped; a
 * missing type is RESERVE, as protobuf has it. Schema: {@code src/main/proto/circuit.proto}.
 */
public final class HopCodec {
    /** The longest message, in bytes. */
    public static final int MAX_MESSAGE_BYTES = MessageFields.MAX_MESSAGE_BYTES;

    private static final int TYPE = 1;
    private static final int PEER = 2;
    private static final int RESERVATION = 3;
    private static final int LIMIT = 4;
    private static final int STATUS = 5;

    private static final int RESERVE_TYPE = 0;
    private static final int CONNECT_TYPE = 1;
    private static final int STATUS_TYPE = 2;

    private static final int EXPIRE = 1;
    private static final int ADDRS = 2;
    private static final int VOUCHER = 3;

    private HopCodec() {}

    /** The message in bytes. */
    public static byte[] encode(HopMessage message) {
        ProtoWriter out = new ProtoWriter();
        switch (message) {
            case HopMessage.Reserve() -> out.uint64(TYPE, RESERVE_TYPE);
            case HopMessage.Connect(Peer peer) ->
                out.uint64(TYPE, CONNECT_TYPE).message(PEER, MessageFields.write(peer));
            case HopMessage.Status answer -> {
                out.uint64(TYPE, STATUS_TYPE);
                answer.reservation().ifPresent(slot -> out.message(RESERVATION, write(slot)));
                answer.limit().ifPresent(limit -> out.message(LIMIT, MessageFields.write(limit)));
                out.uint64(STATUS, answer.status().value());
            }
        }
        return out.toByteArray();
    }

    /** The message that {@code bytes} are; throws for nothing but a {@link CircuitRule}. */
    public static HopMessage decode(byte[] bytes) throws ProtocolViolation {
        return MessageFields.read(bytes, HopCodec::read);
    }

    private static HopMessage read(ProtoReader in) throws ProtocolViolation {
        int type = RESERVE_TYPE;
        Optional<Peer> peer = Optional.empty();
        Optional<HopMessage.Slot> slot = Optional.empty();
        Optional<ConnectionLimit> limit = Optional.empty();
        Optional<StatusCode> status = Optional.empty();
        for (int field = in.nextField(); field != 0; field = in.nextField()) {
            switch (field) {
                case TYPE -> type = in.uint32();
                case PEER -> peer = Optional.of(MessageFields.readPeer(in.message(MAX_MESSAGE_BYTES)));
                case RESERVATION -> slot = Optional.of(readSlot(in.message(MAX_MESSAGE_BYTES)));
                case LIMIT -> limit = MessageFields.readLimit(in.message(MAX_MESSAGE_BYTES));
                case STATUS -> status = Optional.of(new StatusCode(in.uint32()));
                default -> in.skip();
            }
        }
        return switch (type) {
            case RESERVE_TYPE -> new HopMessage.Reserve();
            case CONNECT_TYPE -> new HopMessage.Connect(MessageFields.presentPeer(peer));
            case STATUS_TYPE -> new HopMessage.Status(MessageFields.present(status), slot, limit);
            default -> throw new ProtocolViolation(CircuitRule.TYPE_UNKNOWN, "hop message of type " + type);
        };
    }

    private static ProtoWriter write(HopMessage.Slot slot) {
        ProtoWriter out = new ProtoWriter().uint64(EXPIRE, slot.expire().value());
        slot.addrs().forEach(address -> out.bytes(ADDRS, address.bytes()));
        byte[] voucher = slot.voucher();
        return voucher.length == 0 ? out : out.bytes(VOUCHER, voucher);
    }

    private static HopMessage.Slot readSlot(ProtoReader in) throws ProtocolViolation {
        UnixSeconds expire = new UnixSeconds(0);
        MessageFields.AddressList addresses = new MessageFields.AddressList();
        byte[] voucher = {};
        for (int field = in.nextField(); field != 0; field = in.nextField()) {
            switch (field) {
                case EXPIRE -> expire = UnixSeconds.ofUnsigned(in.uint64());
                case ADDRS -> addresses.add(in.bytes(MAX_MESSAGE_BYTES));
                case VOUCHER -> voucher = in.bytes(MAX_MESSAGE_BYTES);
                default -> in.skip();
            }
        }
        return new HopMessage.Slot(expire, addresses.known(), voucher);
    }
}
