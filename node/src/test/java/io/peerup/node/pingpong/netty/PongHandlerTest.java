package io.peerup.node.pingpong.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerup.swarm.Direction;
import io.peerup.testkit.streams.EmbeddedStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PongHandlerTest {
    private final EmbeddedStream stream = new EmbeddedStream(Direction.INBOUND);

    PongHandlerTest() {
        stream.channel().pipeline().addLast(new PongHandler(stream));
    }

    @Test
    void aPingIsAnsweredHoweverItIsCut() {
        send("pi");
        send("ng");
        assertThat(sent()).isEmpty();
        send("\n");
        assertThat(sent()).isEqualTo("pong\n");
        assertThat(stream.isFinished()).isTrue();
    }

    @Test
    void spaceAroundIsIgnored() {
        send(" ping\r\n");
        assertThat(sent()).isEqualTo("pong\n");
    }

    @Test
    void anythingElseIsUnknown() {
        send("hello\n");
        assertThat(sent()).isEqualTo("unknown\n");
    }

    @Test
    void oneLineIsEnough() {
        send("ping\nping\nping\n");
        send("ping\n");
        assertThat(sent()).isEqualTo("pong\n");
    }

    @Test
    void aLineWithoutEndIsReset() {
        send("x".repeat(PongHandler.MAX_LINE_BYTES));
        assertThat(stream.resetCode()).isEmpty();
        send("x");
        assertThat(stream.resetCode()).isPresent();
    }

    @Test
    void aPeerThatSaysNothingIsReset() {
        stream.advance(Duration.ofSeconds(PongHandler.LINE_TIMEOUT_SECONDS));
        assertThat(stream.resetCode()).isPresent();
    }

    @Test
    void aPeerThatEndsWithoutALineIsAnsweredWithTheEnd() {
        send("pin");
        stream.receiveFinish();
        assertThat(stream.isFinished()).isTrue();
        assertThat(sent()).isEmpty();
    }

    private void send(String text) {
        stream.receive(text.getBytes(StandardCharsets.US_ASCII));
    }

    private String sent() {
        return new String(stream.sent(), StandardCharsets.US_ASCII);
    }
}
