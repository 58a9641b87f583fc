package io.peerup.wire;

import static io.peerup.wire.Violations.assertTotal;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** A number has one varint: what is accepted is what would be written. */
class VarintFuzzTest {
    static Stream<byte[]> seeds() {
        return Stream.of(0L, 127L, 128L, 1L << 32, Long.MAX_VALUE).map(Varint::encode);
    }

    @MethodSource("seeds")
    @FuzzTest
    void whatIsAcceptedIsTheOneEncoding(byte[] bytes) {
        assertTotal(() -> {
            long value = Varint.read(bytes, 0);
            assertThat(Varint.encode(value)).isEqualTo(Arrays.copyOf(bytes, Varint.size(value)));
        });
    }
}
