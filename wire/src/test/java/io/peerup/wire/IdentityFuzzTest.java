package io.peerup.wire;

import static io.peerup.wire.Violations.assertTotal;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** What is accepted as an identity signs, its own public half agrees, and it is the same after writing and reading. */
class IdentityFuzzTest {
    private static final byte[] MESSAGE = {1, 2, 3};

    static Stream<byte[]> seeds() {
        return Vectors.read("keys.tsv").map(key -> HexFormat.of().parseHex(key.get(1)));
    }

    @MethodSource("seeds")
    @FuzzTest
    void anIdentitySignsForItself(byte[] bytes) {
        assertTotal(() -> {
            Identity identity = Identity.fromProtobuf(bytes);
            assertThat(identity.publicKey().verify(MESSAGE, identity.sign(MESSAGE)))
                    .isTrue();
            assertThat(Identity.fromProtobuf(identity.toProtobuf()).peerId()).isEqualTo(identity.peerId());
        });
    }
}
