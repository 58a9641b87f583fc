package io.peerup.circuitrelay;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.peerup.wire.ProtocolViolation;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** A message that is understood means the same after writing. */
class StopCodecFuzzTest {
    static Stream<byte[]> seeds() {
        return Stream.of(
                        new StopMessage.Connect(Peer.of(Samples.peer(1)), Optional.empty()),
                        new StopMessage.Connect(Peer.of(Samples.peer(1)), Optional.of(Samples.limit(120, 131_072))),
                        new StopMessage.Status(StatusCode.OK))
                .map(StopCodec::encode);
    }

    @MethodSource("seeds")
    @FuzzTest
    void aMessageIsReadAsItIsWritten(byte[] bytes) {
        try {
            StopMessage message = StopCodec.decode(bytes);
            byte[] written = StopCodec.encode(message);
            assertThat(written.length <= StopCodec.MAX_MESSAGE_BYTES ? StopCodec.decode(written) : message)
                    .isEqualTo(message);
        } catch (ProtocolViolation refused) {
            assertThat(refused.rule()).isInstanceOf(CircuitRule.class);
        }
    }
}
