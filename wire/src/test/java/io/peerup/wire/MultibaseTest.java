package io.peerup.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class MultibaseTest {
    private static final List<Multibase> BASES =
            List.of(Multibase.BASE58_BTC, Multibase.BASE36, Multibase.BASE32, Multibase.BASE64_URL);

    @Provide
    Arbitrary<Multibase> bases() {
        return Arbitraries.of(BASES);
    }

    @Property
    void bytesComeBack(@ForAll("bases") Multibase base, @ForAll @Size(max = 100) byte[] bytes)
            throws ProtocolViolation {
        assertThat(base.decode(base.encode(bytes))).isEqualTo(bytes);
        assertThat(Multibase.decodePrefixed(base.encodePrefixed(bytes))).isEqualTo(bytes);
    }

    @Property
    void anyTextIsEitherTheTextOfSomeBytesOrRefused(@ForAll("bases") Multibase base, @ForAll String text) {
        try {
            assertThat(base.encode(base.decode(text))).isEqualToIgnoringCase(text);
        } catch (ProtocolViolation refused) {
            assertThat(refused.rule()).isInstanceOf(WireRule.class);
        }
    }

    @Test
    void theEncodingsAreThoseOfTheSpec() {
        byte[] text = "\0yes mani !".getBytes(UTF_8);

        assertThat(Multibase.BASE58_BTC.encodePrefixed(text)).isEqualTo("z17paNL19xttacUY");
        assertThat(Multibase.BASE36.encodePrefixed(text)).isEqualTo("k02lcpzo5yikidynfl");
        assertThat(Multibase.BASE32.encodePrefixed(text)).isEqualTo("bab4wk4zanvqw42jaee");
        assertThat(Multibase.BASE64_URL.encodePrefixed(text)).isEqualTo("uAHllcyBtYW5pICE");
    }
}
