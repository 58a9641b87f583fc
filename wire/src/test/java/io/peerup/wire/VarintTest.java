package io.peerup.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VarintTest {

    @Property
    void everyUnsignedNumberComesBackAndIsAsLongAsAnnounced(@ForAll @LongRange(min = 0) long value)
            throws ProtocolViolation {
        byte[] encoded = Varint.encode(value);

        assertThat(encoded).hasSize(Varint.size(value)).hasSizeLessThanOrEqualTo(Varint.MAX_BYTES);
        assertThat(Varint.read(encoded, 0)).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 00",
        "1, 01",
        "127, 7f",
        "128, 8001",
        "255, ff01",
        "300, ac02",
        "16384, 808001",
        "9223372036854775807, ffffffffffffffff7f",
    })
    void theEncodingIsTheOneOfTheSpec(long value, String hex) {
        assertThat(HexFormat.of().formatHex(Varint.encode(value))).isEqualTo(hex);
    }

    @ParameterizedTest
    @CsvSource({
        "'', VARINT_TRUNCATED",
        "80, VARINT_TRUNCATED",
        "ffffffffffffffff, VARINT_TRUNCATED",
        "8000, VARINT_NOT_MINIMAL",
        "ff00, VARINT_NOT_MINIMAL",
        "80808080808080808000, VARINT_TOO_LONG",
        "ffffffffffffffffff01, VARINT_TOO_LONG",
    })
    void otherEncodingsAreRefused(String hex, WireRule rule) {
        assertThatThrownBy(() -> Varint.read(HexFormat.of().parseHex(hex), 0))
                .isInstanceOfSatisfying(
                        ProtocolViolation.class,
                        violation -> assertThat(violation.rule()).isEqualTo(rule));
    }

    @Property
    void aNegativeNumberIsTheCallersMistake(@ForAll @LongRange(max = -1, min = Long.MIN_VALUE) long value) {
        assertThatThrownBy(() -> Varint.encode(value)).isInstanceOf(IllegalArgumentException.class);
    }
}
