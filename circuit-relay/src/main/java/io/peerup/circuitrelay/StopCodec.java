package io.peerup.circuitrelay;

import io.peerup.swarm.ConnectionLimit;
import io.peerup.wire.ProtoReader;
import io.peerup.wire.ProtoWriter;
import io.peerup.wire.ProtocolViolation;
import java.util.Optional;

/**
 * The bytes of {@link StopMessage}s, without their length. Fields that a message has no use for are read and dropped; a
 * missing type is CONNECT, as protobuf has it. Schema: {@code src/main/proto/circuit.proto}.
 */
public final class StopCodec {
    /** The longest message, in bytes. */
    public static final int MAX_MESSAGE_BYTES = MessageFields.MAX_MESSAGE_BYTES;

    private static final int TYPE = 1;
    private static final int PEER = 2;
    private static final int LIMIT = 3;
    private static final int STATUS = 4;

    private static final int CONNECT_TYPE = 0;
    private static final int STATUS_TYPE = 1;

    private StopCodec() {}

    /** The message in bytes. */
    public static byte[] encode(StopMessage message) {
        ProtoWriter out = new ProtoWriter();
        switch (message) {
            case StopMessage.Connect(Peer peer, Optional<ConnectionLimit> limit) -> {
                out.uint64(TYPE, CONNECT_TYPE).message(PEER, MessageFields.write(peer));
                limit.ifPresent(some -> out.message(LIMIT, MessageFields.write(some)));
            }
            case StopMessage.Status(StatusCode status) ->
                out.uint64(TYPE, STATUS_TYPE).uint64(STATUS, status.value());
        }
        return out.toByteArray();
    }

    /** The message that {@code bytes} are; throws for nothing but a {@link CircuitRule}. */
    public static StopMessage decode(byte[] bytes) throws ProtocolViolation {
        return MessageFields.read(bytes, StopCodec::read);
    }

    private static StopMessage read(ProtoReader in) throws ProtocolViolation {
        int type = CONNECT_TYPE;
        Optional<Peer> peer = Optional.empty();
        Optional<ConnectionLimit> limit = Optional.empty();
        Optional<StatusCode> status = Optional.empty();
        for (int field = in.nextField(); field != 0; field = in.nextField()) {
            switch (field) {
                case TYPE -> type = in.uint32();
                case PEER -> peer = Optional.of(MessageFields.readPeer(in.message(MAX_MESSAGE_BYTES)));
                case LIMIT -> limit = MessageFields.readLimit(in.message(MAX_MESSAGE_BYTES));
                case STATUS -> status = Optional.of(new StatusCode(in.uint32()));
                default -> in.skip();
            }
        }
        return switch (type) {
            case CONNECT_TYPE -> new StopMessage.Connect(MessageFields.presentPeer(peer), limit);
            case STATUS_TYPE -> new StopMessage.Status(MessageFields.present(status));
            default -> throw new ProtocolViolation(CircuitRule.TYPE_UNKNOWN, "stop message of type " + type);
        };
    }
}
