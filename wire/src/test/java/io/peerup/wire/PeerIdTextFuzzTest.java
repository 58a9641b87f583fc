package io.peerup.wire;

import static io.peerup.wire.Violations.assertTotal;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Every text of a peer names one peer, which is printed so that it is found again. */
class PeerIdTextFuzzTest {
    static Stream<byte[]> seeds() {
        return Vectors.read("keys.tsv")
                .flatMap(key -> key.subList(3, 6).stream())
                .map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    @MethodSource("seeds")
    @FuzzTest
    void aTextNamesAPeerOrNobody(byte[] bytes) {
        assertTotal(() -> {
            PeerId peer = PeerId.parse(new String(bytes, StandardCharsets.UTF_8));
            assertThat(peer.toString()).hasSizeLessThanOrEqualTo(PeerId.MAX_CHARS);
            assertThat(PeerId.parse(peer.toString())).isEqualTo(peer);
            assertThat(PeerId.fromBytes(peer.bytes())).isEqualTo(peer);
        });
    }
}
