package io.peerup.wire;

import static io.peerup.wire.Violations.assertTotal;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A key has one serialisation, and judging a signature with it never fails. The first two bytes say how many of the
 * following are the key; the rest is the signature.
 */
class PublicKeyFuzzTest {
    private static final byte[] MESSAGE = "message".getBytes(StandardCharsets.UTF_8);

    static Stream<byte[]> seeds() {
        return Vectors.read("keys.tsv")
                .map(key ->
                        seed(HexFormat.of().parseHex(key.get(2)), HexFormat.of().parseHex(key.get(6))));
    }

    @MethodSource("seeds")
    @FuzzTest
    void aKeyIsWrittenAsItWasReadAndJudges(byte[] bytes) {
        ByteBuf in = Unpooled.wrappedBuffer(bytes);
        int length = in.readableBytes() < 2 ? 0 : in.readUnsignedShort();
        byte[] key = ByteBufUtil.getBytes(in.readSlice(Math.min(length, in.readableBytes())));
        byte[] signature = ByteBufUtil.getBytes(in);
        judge(key, signature);
        judge(bytes, signature);
        for (KeyType type : KeyType.values()) {
            assertTotal(() -> assertThat(PublicKey.fromRaw(type, bytes).raw()).isEqualTo(bytes));
        }
    }

    private static void judge(byte[] serialized, byte[] signature) {
        assertTotal(() -> {
            PublicKey key = PublicKey.fromProtobuf(serialized);
            assertThat(key.toProtobuf()).isEqualTo(serialized);
            assertThat(PeerId.parse(key.peerId().toString())).isEqualTo(key.peerId());
            key.verify(MESSAGE, signature);
        });
    }

    private static byte[] seed(byte[] key, byte[] signature) {
        byte[] seed = new byte[2 + key.length + signature.length];
        Unpooled.wrappedBuffer(seed)
                .clear()
                .writeShort(key.length)
                .writeBytes(key)
                .writeBytes(signature);
        return seed;
    }
}
