package io.peerup.circuitrelay;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.peerup.wire.ProtocolViolation;
import io.peerup.wire.UnixSeconds;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** A message that is understood means the same after writing. */
class HopCodecFuzzTest {
    static Stream<byte[]> seeds() {
        return Stream.of(
                        new HopMessage.Reserve(),
                        new HopMessage.Connect(Peer.of(Samples.peer(1))),
                        HopMessage.Status.of(StatusCode.RESERVATION_REFUSED),
                        new HopMessage.Status(
                                StatusCode.OK,
                                Optional.of(new HopMessage.Slot(
                                        new UnixSeconds(1_700_000_000),
                                        List.of(Samples.address("/ip4/1.2.3.4/tcp/4001")),
                                        new byte[] {7})),
                                Optional.of(Samples.limit(120, 131_072))))
                .map(HopCodec::encode);
    }

    @MethodSource("seeds")
    @FuzzTest
    void aMessageIsReadAsItIsWritten(byte[] bytes) {
        try {
            HopMessage message = HopCodec.decode(bytes);
            byte[] written = HopCodec.encode(message);
            assertThat(written.length <= HopCodec.MAX_MESSAGE_BYTES ? HopCodec.decode(written) : message)
                    .isEqualTo(message);
        } catch (ProtocolViolation refused) {
            assertThat(refused.rule()).isInstanceOf(CircuitRule.class);
        }
    }
}
