package io.peerup.identify.netty;

import static io.peerup.identify.Samples.PEER;
import static io.peerup.identify.Samples.address;
import static org.assertj.core.api.Assertions.assertThat;

import io.peerup.swarm.Direction;
import io.peerup.testkit.streams.EmbeddedConnection;
import io.peerup.testkit.streams.EmbeddedStream;
import java.time.Duration;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PingEchoTest {
    private static final Duration ROUND = Duration.ofSeconds(PingEcho.ROUND_TIMEOUT_SECONDS);

    private EmbeddedStream stream = served();

    @BeforeEach
    void serve() {
        stream = served();
    }

    @Test
    void everyRoundComesBack() {
        for (int round = 0; round < 100; round++) {
            byte[] ping = bytes(32, round);
            stream.receive(ping);
            assertThat(stream.sent()).isEqualTo(ping);
        }
    }

    @Property(tries = 200)
    void roundsAreBytesInARowHoweverTheyAreCut(
            @ForAll @Size(max = 200) byte[] bytes, @ForAll @IntRange(max = 200) int at) {
        EmbeddedStream cut = served();
        int middle = Math.min(at, bytes.length);
        cut.receive(Arrays.copyOf(bytes, middle));
        cut.receive(Arrays.copyOfRange(bytes, middle, bytes.length));
        assertThat(cut.sent()).isEqualTo(bytes);
        cut.reset(0);
    }

    @Test
    void theEndIsAnsweredWithTheEnd() {
        stream.receive(bytes(32, 1));
        stream.receiveFinish();
        assertThat(stream.isFinished()).isTrue();
        assertThat(stream.sent()).hasSize(32);
        stream.advance(ROUND);
        assertThat(stream.resetCode()).isEmpty();
    }

    @Test
    void aPeerThatPingsNowAndThenKeepsItsStream() {
        for (int round = 0; round < 100; round++) {
            stream.advance(ROUND.minusSeconds(1));
            stream.receive(bytes(32, round));
        }
        assertThat(stream.sent()).hasSize(3200);
        assertThat(stream.resetCode()).isEmpty();
    }

    @Test
    void aPeerThatTakesTooLongOverARoundIsReset() {
        for (int i = 0; i < 31; i++) {
            stream.receive(bytes(1, i));
            stream.advance(ROUND.dividedBy(31));
        }
        stream.advance(Duration.ofSeconds(1));
        assertThat(stream.resetCode()).hasValue(0);
        stream.sent();
    }

    @Test
    void nothingIsReadWhileTheEchoIsNotTaken() {
        stream.channel().unsafe().outboundBuffer().setUserDefinedWritability(1, false);
        stream.receive(bytes(32, 1));
        assertThat(stream.channel().config().isAutoRead()).isFalse();
        stream.channel().unsafe().outboundBuffer().setUserDefinedWritability(1, true);
        stream.advance(Duration.ZERO);
        assertThat(stream.channel().config().isAutoRead()).isTrue();
        stream.sent();
    }

    private static EmbeddedStream served() {
        EmbeddedStream stream = new EmbeddedStream(Direction.INBOUND);
        new PingProtocol()
                .attach(
                        stream,
                        new EmbeddedConnection(
                                PEER.publicKey(), address("/ip4/11.0.0.1/tcp/1"), address("/ip4/11.0.0.2/tcp/1")));
        return stream;
    }

    private static byte[] bytes(int length, int value) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }
}
