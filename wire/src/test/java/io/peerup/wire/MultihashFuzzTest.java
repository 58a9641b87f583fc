package io.peerup.wire;

import static io.peerup.wire.Violations.assertTotal;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Multihashes and the peer IDs among them are written as they were read, in bytes and in text, and never grow. */
class MultihashFuzzTest {
    static Stream<byte[]> seeds() {
        return Stream.of(
                SampleIdentities.ed25519().peerId().bytes(),
                SampleIdentities.rsa().peerId().bytes(),
                Multihash.identity(new byte[Multihash.MAX_DIGEST_BYTES]).bytes());
    }

    @MethodSource("seeds")
    @FuzzTest
    void whatIsReadIsWrittenAgain(byte[] bytes) {
        assertTotal(() -> {
            Multihash multihash = Multihash.fromBytes(bytes);
            assertThat(multihash.bytes()).isEqualTo(bytes);
            assertThat(multihash.digest().length).isLessThanOrEqualTo(Multihash.MAX_DIGEST_BYTES);
        });
        assertTotal(() -> {
            PeerId peer = PeerId.fromBytes(bytes);
            assertThat(peer.bytes()).isEqualTo(bytes);
            assertThat(PeerId.parse(peer.toString())).isEqualTo(peer);
            peer.inlineKey().ifPresent(key -> assertThat(key.peerId()).isEqualTo(peer));
        });
    }
}
