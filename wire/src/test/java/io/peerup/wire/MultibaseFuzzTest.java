package io.peerup.wire;

import static io.peerup.wire.Violations.assertTotal;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Bytes have one text in a base: what is accepted is what would be written, but for the case where a base has one. */
class MultibaseFuzzTest {
    /** What fits into the longest text of every base. */
    private static final int SHORT_BYTES = 256;

    private static final List<Multibase> BASES =
            List.of(Multibase.BASE58_BTC, Multibase.BASE36, Multibase.BASE32, Multibase.BASE64_URL);

    static Stream<byte[]> seeds() {
        return BASES.stream()
                .map(base ->
                        base.encodePrefixed(SampleIdentities.ed25519().peerId().bytes()))
                .map(text -> text.getBytes(StandardCharsets.ISO_8859_1));
    }

    @MethodSource("seeds")
    @FuzzTest
    void whatIsAcceptedIsTheOneText(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        assertTotal(() -> assertThat(Multibase.decodePrefixed(text)).hasSizeLessThanOrEqualTo(text.length()));
        for (Multibase base : BASES) {
            assertTotal(() -> assertThat(base.encode(base.decode(text))).isEqualToIgnoringCase(text));
            byte[] some = Arrays.copyOf(bytes, Math.min(bytes.length, SHORT_BYTES));
            assertTotal(() -> assertThat(base.decode(base.encode(some))).isEqualTo(some));
        }
    }
}
