package io.peerup.testkit.swarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.peerup.swarm.CloseReason;
import io.peerup.swarm.Connection;
import io.peerup.swarm.Connection.LimitedConnections;
import io.peerup.swarm.DialOutcome;
import io.peerup.swarm.ErrorCode;
import io.peerup.swarm.MuxedStream;
import io.peerup.swarm.ProtocolId;
import io.peerup.swarm.StreamRefused;
import io.peerup.swarm.strands.Strands.Strand;
import io.peerup.testkit.streams.EmbeddedStream;
import io.peerup.wire.Identity;
import io.peerup.wire.Multiaddr;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SwarmCloseTest {
    private static final Identity PEER = Identity.generate();
    private static final Multiaddr ADDRESS = SimNode.address("/ip4/10.0.0.1/tcp/1");
    private static final CloseReason SHUT_DOWN = new CloseReason.Local(0x1006);
    private static final byte[] PROPOSAL =
            "\23/multistream/1.0.0\n\14/echo/1.0.0\n".getBytes(StandardCharsets.US_ASCII);

    private final SimNode node = SimNode.open().listening();
    private final Served echo = new Served(ProtocolId.of("/echo/1.0.0"));

    @AfterEach
    void discard() {
        node.transport.connections.forEach(FakeMuxed::discard);
    }

    @Test
    void aStreamThatIsBusyIsWaitedFor() {
        FakeMuxed muxed = node.accept(PEER);
        EmbeddedStream busy = serve(muxed);
        Strand<Void> closing = closing(Duration.ofMinutes(1));
        assertThat(muxed.isOpen()).isTrue();

        busy.receiveFinish();
        served().finish();
        node.strands.runUntilIdle();
        assertThat(muxed.reason()).isEqualTo(SHUT_DOWN);
        assertThat(closing.result().toCompletableFuture()).isCompleted();
    }

    @Test
    void patienceEndsAndThenStreamsAreCut() throws InterruptedException {
        FakeMuxed muxed = node.accept(PEER);
        serve(muxed);
        long before = node.strands.nanoTime();
        node.swarm.close(Duration.ofSeconds(10));
        assertThat(node.strands.nanoTime() - before)
                .isEqualTo(Duration.ofSeconds(10).toNanos());
        assertThat(muxed.reason()).isEqualTo(SHUT_DOWN);
        assertThat(node.swarm.connections()).isEmpty();
        node.swarm.close(Duration.ofSeconds(10));
    }

    @Test
    void nothingNewBeginsWhileItCloses() {
        FakeMuxed muxed = node.accept(PEER);
        Connection connection = node.newest();
        EmbeddedStream undecided = muxed.opensStream();
        serve(muxed);
        closing(Duration.ofMinutes(1));

        assertThat(muxed.opensStream().resetCode()).hasValue(ErrorCode.SHUTDOWN.streamCode());
        undecided.receive(PROPOSAL);
        assertThat(undecided.resetCode()).hasValue(ErrorCode.SHUTDOWN.streamCode());
        assertThat(echo.streams).hasSize(1);
        assertThat(connection
                        .openStream(List.of(echo.id()), LimitedConnections.ALLOWED, opened -> opened)
                        .toCompletableFuture()
                        .exceptionNow())
                .isInstanceOfSatisfying(
                        StreamRefused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(StreamRefused.Cause.CONNECTION_CLOSED));
        assertThat(node.accept(Identity.generate()).reason()).isEqualTo(SHUT_DOWN);
    }

    @Test
    void aConnectionThatIsClosedIsNotUsedForNewStreams() {
        node.accept(PEER);
        Connection lingering = node.newest();
        closing(Duration.ofMinutes(1));
        assertThat(node.swarm.connect(PEER.peerId()).toCompletableFuture().resultNow())
                .isNotEqualTo(new DialOutcome.Connected(lingering, false));
    }

    @Test
    void dialsAreGivenUpAndSayWhy() throws InterruptedException {
        CompletableFuture<DialOutcome> underWay = node.dial(PEER.peerId(), ADDRESS);
        node.swarm.close(Duration.ZERO);
        String why = "cannot reach " + PEER.peerId() + ": " + ADDRESS + " (given up, this node stops)";
        assertThat(underWay)
                .isCompletedWithValueMatching(end -> end instanceof DialOutcome.Failed failed
                        && failed.line().equals(why));
        assertThat(node.transport.dial(ADDRESS).isCancelled()).isTrue();

        CompletableFuture<DialOutcome> later = node.dial(PEER.peerId(), ADDRESS);
        assertThat(later)
                .isCompletedWithValueMatching(end -> end instanceof DialOutcome.Failed failed
                        && failed.line().equals(why));
    }

    @Test
    void aListenerThatCannotBeClosedDoesNotStopTheRest() throws InterruptedException {
        node.swarm.listen(SimNode.address("/ip4/11.0.0.1/tcp/4002"));
        node.transport.listeners.getFirst().broken = true;
        FakeMuxed muxed = node.accept(PEER);
        node.swarm.close(Duration.ZERO);
        assertThat(node.transport.listeners.getLast().stopped).isTrue();
        assertThat(muxed.reason()).isEqualTo(SHUT_DOWN);
    }

    @Test
    void aListenerThatIsBoundTooLateIsClosed() throws InterruptedException {
        node.transport.binding = new CompletableFuture<>();
        CompletableFuture<Multiaddr> late =
                node.swarm.listen(SimNode.address("/ip4/11.0.0.1/tcp/4002")).toCompletableFuture();
        node.swarm.close(Duration.ZERO);
        node.transport.binding.complete(null);
        assertThat(late).isCompletedExceptionally();
        assertThat(node.transport.listeners.getLast().stopped).isTrue();
        assertThat(node.swarm.selfAddresses().listening()).isEmpty();
    }

    @Test
    void whoeverIsInterruptedWhileItClosesHasClosedEverythingAllTheSame() {
        FakeMuxed muxed = node.accept(PEER);
        serve(muxed);
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> node.swarm.close(Duration.ofMinutes(1))).isInstanceOf(InterruptedException.class);
        assertThat(muxed.reason()).isEqualTo(SHUT_DOWN);
    }

    private EmbeddedStream serve(FakeMuxed muxed) {
        if (node.swarm.servedProtocols().isEmpty()) {
            node.swarm.handle(echo);
        }
        EmbeddedStream stream = muxed.opensStream();
        stream.receive(PROPOSAL);
        assertThat(echo.streams).contains(stream);
        return stream;
    }

    private MuxedStream served() {
        return echo.streams.getLast();
    }

    private Strand<Void> closing(Duration patience) {
        Strand<Void> strand = node.strands.open("operator").fork("close", () -> {
            node.swarm.close(patience);
            return null;
        });
        node.strands.runUntilIdle();
        return strand;
    }
}
