package io.peerup.node.api.server.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.peerup.node.api.FakeDaemon;
import io.peerup.node.api.server.calls.Calls;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Deadlines and the table of connections, on a clock that the test moves. */
@Timeout(60)
class ApiChannelsTest {
    private static final String REQUEST = "GET /v1/services HTTP/1.1\r\nAuthorization: Bearer right\r\n\r\n";

    private final WaitingStrands strands = new WaitingStrands();
    private final Calls calls = new Calls(new FakeDaemon(), strands);
    private final ApiChannels channels = new ApiChannels("Bearer right"::equals, calls);
    private final List<EmbeddedChannel> clients = new ArrayList<>();

    @AfterEach
    void close() {
        clients.forEach(EmbeddedChannel::finishAndReleaseAll);
    }

    @Test
    void aClientThatSendsNothingIsClosedAfterThirtySeconds() {
        EmbeddedChannel client = client();
        pass(client, 29);
        assertThat(client.isOpen()).isTrue();
        pass(client, 1);
        assertThat(client.isOpen()).isFalse();
    }

    @Test
    void soIsOneThatSendsItsHeadersOrItsBodyTooSlowly() {
        EmbeddedChannel headers = client();
        EmbeddedChannel body = client();
        send(headers, "GET /v1/status HTTP/1.1\r\n");
        send(body, "POST /v1/ping HTTP/1.1\r\nAuthorization: Bearer right\r\nContent-Length: 100\r\n\r\n");
        for (int second = 0; second < 30; second++) {
            send(headers, "X: " + second + "\r\n");
            send(body, " ");
            pass(headers, 1);
            pass(body, 1);
        }
        assertThat(headers.isOpen()).isFalse();
        assertThat(body.isOpen()).isFalse();
    }

    @Test
    void anAnswerMayTakeAsLongAsItTakes() {
        EmbeddedChannel client = client();
        send(client, REQUEST);
        pass(client, 3600);
        assertThat(client.isOpen()).isTrue();
        assertThat(strands.cancelled).isZero();
    }

    @Test
    void aCallEndsWithItsClient() {
        EmbeddedChannel client = client();
        send(client, REQUEST);
        client.close();
        assertThat(strands.cancelled).isEqualTo(1);
    }

    @Test
    void betweenTwoRequestsThereIsAsMuchTimeAgain() throws Exception {
        EmbeddedChannel client = client();
        pass(client, 29);
        send(client, REQUEST);
        strands.runNext();
        client.runPendingTasks();
        assertThat(text(client)).contains("web");
        pass(client, 29);
        assertThat(client.isOpen()).isTrue();
        pass(client, 1);
        assertThat(client.isOpen()).isFalse();
    }

    @Test
    void whileACallIsUnderWayFurtherRequestsWaitAndNoMoreIsRead() throws Exception {
        EmbeddedChannel client = client();
        send(client, REQUEST + REQUEST + REQUEST);
        assertThat(client.config().isAutoRead()).isFalse();
        for (int i = 0; i < 3; i++) {
            strands.runNext();
            client.runPendingTasks();
            assertThat(text(client)).startsWith("HTTP/1.1 200 ").contains("web");
        }
        assertThat(client.config().isAutoRead()).isTrue();
    }

    @Test
    void moreThanAFewThatWaitAreTooMany() {
        EmbeddedChannel client = client();
        send(client, REQUEST.repeat(17));
        assertThat(client.isOpen()).isTrue();
        send(client, REQUEST);
        assertThat(client.isOpen()).isFalse();
        assertThat(strands.cancelled).isEqualTo(1);
    }

    @Test
    void theOldestIdleConnectionMakesRoomForANewOne() {
        EmbeddedChannel busy = client();
        send(busy, REQUEST);
        for (int i = 1; i < OpenConnections.MAX; i++) {
            client();
        }
        assertThat(clients).allMatch(EmbeddedChannel::isOpen);

        EmbeddedChannel newest = client();

        assertThat(newest.isOpen()).isTrue();
        assertThat(busy.isOpen()).isTrue();
        assertThat(clients.get(1).isOpen()).isFalse();
        assertThat(clients.get(2).isOpen()).isTrue();
    }

    @Test
    void whereAllAreBusyTheNewOneIsTurnedAway() {
        for (int i = 0; i < OpenConnections.MAX; i++) {
            send(client(), REQUEST);
        }
        EmbeddedChannel turnedAway = client();

        assertThat(turnedAway.isOpen()).isFalse();
        assertThat(text(turnedAway)).startsWith("HTTP/1.1 503 ").contains("too many connections");
    }

    @Test
    void closingWaitsForTheLastConnection() {
        EmbeddedChannel client = client();
        AtomicBoolean gone = new AtomicBoolean();

        channels.closeAll(() -> gone.set(true));

        assertThat(client.isOpen()).isFalse();
        assertThat(gone).isTrue();
        assertThat(client().isOpen()).isFalse();
    }

    private EmbeddedChannel client() {
        EmbeddedChannel client = new EmbeddedChannel();
        client.freezeTime();
        client.pipeline().addLast(channels);
        client.pipeline().fireChannelActive();
        clients.add(client);
        return client;
    }

    private static void send(EmbeddedChannel client, String text) {
        client.writeInbound(Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII));
    }

    private static void pass(EmbeddedChannel client, int seconds) {
        client.advanceTimeBy(seconds, TimeUnit.SECONDS);
        client.runScheduledPendingTasks();
    }

    private static String text(EmbeddedChannel client) {
        StringBuilder text = new StringBuilder();
        for (ByteBuf bytes = client.readOutbound(); bytes != null; bytes = client.readOutbound()) {
            text.append(bytes.toString(StandardCharsets.UTF_8));
            bytes.release();
        }
        return text.toString();
    }
}
