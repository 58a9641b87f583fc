package io.peerup.wire;

import static io.peerup.wire.Violations.assertTotal;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** A text that is an address means the same after it went through bytes or was printed. */
class MultiaddrTextFuzzTest {
    static Stream<byte[]> seeds() {
        return Vectors.read("multiaddrs.tsv").map(address -> address.getFirst().getBytes(StandardCharsets.UTF_8));
    }

    @MethodSource("seeds")
    @FuzzTest
    void aTextMeansOneAddress(byte[] bytes) {
        assertTotal(() -> {
            Multiaddr address = Multiaddr.parse(new String(bytes, StandardCharsets.UTF_8));
            assertThat(Multiaddr.parse(address.toString())).isEqualTo(address);
            byte[] binary = address.bytes();
            if (binary.length <= Multiaddr.MAX_BYTES) {
                assertThat(Multiaddr.fromBytes(binary)).isEqualTo(address);
            }
        });
    }
}
