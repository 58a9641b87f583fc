package io.peerup.wire;

import static io.peerup.wire.Violations.assertTotal;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** An address has one binary form, and its text leads back to it. */
class MultiaddrFuzzTest {
    static Stream<byte[]> seeds() {
        return Vectors.read("multiaddrs.tsv")
                .filter(address -> address.get(1).matches("([0-9a-f]{2})+"))
                .map(address -> HexFormat.of().parseHex(address.get(1)));
    }

    @MethodSource("seeds")
    @FuzzTest
    void anAddressIsWrittenAsItWasRead(byte[] bytes) {
        assertTotal(() -> {
            Multiaddr address = Multiaddr.fromBytes(bytes);
            assertThat(address.bytes()).isEqualTo(bytes);
            assertThat(address.components()).hasSizeLessThanOrEqualTo(Multiaddr.MAX_COMPONENTS);
            assertThat(Multiaddr.parse(address.toString())).isEqualTo(address);
            assertThat(address.scope()).isNotNull();
            assertThat(address.tcpAddress()).isNotNull();
            assertThat(address.withPeerId(SampleIdentities.ed25519().peerId())).isNotNull();
        });
    }
}
