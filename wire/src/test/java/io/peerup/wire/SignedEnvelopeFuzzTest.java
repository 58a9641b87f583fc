package io.peerup.wire;

import static io.peerup.wire.Violations.assertTotal;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** What opens was signed by whom it names, and opens again after writing. */
class SignedEnvelopeFuzzTest {
    static Stream<byte[]> seeds() {
        return Vectors.read("records.tsv")
                .flatMap(line -> line.stream().skip(1))
                .map(HexFormat.of()::parseHex);
    }

    @MethodSource("seeds")
    @FuzzTest
    void whatOpensIsSigned(byte[] bytes) {
        assertTotal(() -> {
            PeerRecord opened = PeerRecord.open(bytes);
            assertThat(opened.addresses()).hasSizeLessThanOrEqualTo(PeerRecord.MAX_ADDRESSES);
        });
        assertTotal(() -> RelayVoucher.open(bytes));
        assertTotal(() -> {
            SignedEnvelope opened = SignedEnvelope.open(bytes, "libp2p-peer-record", new byte[] {3, 1});
            SignedEnvelope again = SignedEnvelope.open(opened.bytes(), "libp2p-peer-record", new byte[] {3, 1});
            assertThat(again.signer()).isEqualTo(opened.signer());
            assertThat(again.payload()).isEqualTo(opened.payload());
        });
    }
}
