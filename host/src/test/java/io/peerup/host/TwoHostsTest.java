package io.peerup.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.peerup.swarm.CloseReason;
import io.peerup.swarm.Connection;
import io.peerup.swarm.Connection.LimitedConnections;
import io.peerup.swarm.ConnectionGater;
import io.peerup.swarm.DialOutcome;
import io.peerup.swarm.Direction;
import io.peerup.swarm.MuxedStream;
import io.peerup.swarm.ProtocolId;
import io.peerup.swarm.StreamLimits;
import io.peerup.swarm.StreamProtocol;
import io.peerup.swarm.StreamRefused;
import io.peerup.wire.Identity;
import io.peerup.wire.Multiaddr;
import io.peerup.wire.PeerId;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TwoHostsTest {
    private static final ProtocolId ECHO = ProtocolId.of("/test/echo/1.0.0");
    private static final long PATIENCE_SECONDS = 30;

    private final List<Host> hosts = new ArrayList<>();
    private Host server;
    private Host client;

    @BeforeEach
    void start() throws Exception {
        server = host(HostConfig.of(Identity.generate(), "server/1").listeningOn(List.of(loopback())));
        client = host(HostConfig.of(Identity.generate(), "client/1").listeningOn(List.of(loopback())));
        server.swarm().handle(new Echo());
    }

    @AfterEach
    void stop() throws InterruptedException {
        for (Host host : hosts) {
            host.close(Duration.ZERO);
        }
    }

    @Test
    void aDialProvesWhoIsThereAndComesFromTheListenPort() throws Exception {
        Connection connection = dial();
        assertThat(connection.remotePeer()).isEqualTo(server.peerId());
        assertThat(connection.direction()).isEqualTo(Direction.OUTBOUND);
        assertThat(connection.earlyMuxer()).isTrue();
        assertThat(connection.local())
                .isEqualTo(client.swarm().selfAddresses().listening().getFirst());
    }

    @Test
    void tenMegabytesComeBackAsTheyWereSent() throws Exception {
        dial();
        byte[] sent = new byte[10_000_000];
        new Random(1).nextBytes(sent);
        assertThat(echo(sent)).isEqualTo(sha256(sent));
    }

    @Test
    void threeHundredStreamsAtOnceAllEcho() throws Exception {
        dial();
        List<CompletableFuture<String>> echoes = new ArrayList<>();
        byte[] sent = {1, 2, 3};
        for (int i = 0; i < 300; i++) {
            echoes.add(beginEcho(sent));
        }
        for (CompletableFuture<String> echo : echoes) {
            assertThat(echo.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isEqualTo(sha256(sent));
        }
    }

    @Test
    void aProtocolThatIsNotSpokenIsRefusedWithItsName() throws Exception {
        Connection connection = dial();
        assertThatThrownBy(() -> connection
                        .openStream(List.of(ProtocolId.of("/nobody/1")), LimitedConnections.ALLOWED, opened -> opened)
                        .toCompletableFuture()
                        .get(PATIENCE_SECONDS, TimeUnit.SECONDS))
                .cause()
                .isInstanceOfSatisfying(
                        StreamRefused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(StreamRefused.Cause.PROTOCOL_NOT_SUPPORTED))
                .hasMessageContaining("/nobody/1");
    }

    @Test
    void dialsToOnePeerAtTheSameTimeShareOneConnection() throws Exception {
        remember(server.peerId());
        List<CompletableFuture<DialOutcome>> dials = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            dials.add(client.swarm().connect(server.peerId()).toCompletableFuture());
        }
        for (CompletableFuture<DialOutcome> dial : dials) {
            assertThat(dial.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isInstanceOf(DialOutcome.Connected.class);
        }
        assertThat(client.swarm().connections(server.peerId())).hasSize(1);
    }

    @Test
    void somebodyElseAtTheAddressIsNotConnectedTo() throws Exception {
        PeerId stranger = Identity.generate().peerId();
        remember(stranger);
        DialOutcome outcome =
                client.swarm().connect(stranger).toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        DialOutcome.Failed.class,
                        failed -> assertThat(failed.line())
                                .contains("UNEXPECTED_PEER", server.peerId().toString()));
    }

    @Test
    void aPeerThatTheGateDoesNotLetInGetsNoStream() throws Exception {
        Host gated = host(HostConfig.of(Identity.generate(), "gated/1")
                .listeningOn(List.of(loopback()))
                .gatedBy(new ConnectionGater() {
                    @Override
                    public boolean allowsSecured(Direction direction, PeerId peer, Multiaddr local, Multiaddr remote) {
                        return direction == Direction.OUTBOUND;
                    }
                }));
        gated.swarm().handle(new Echo());
        client.swarm()
                .addressBook()
                .add(
                        gated.peerId(),
                        gated.swarm().selfAddresses().listening(),
                        Duration.ofMinutes(1),
                        client.strands().nanoTime());
        assertThatThrownBy(() -> client.swarm()
                        .openStream(gated.peerId(), List.of(ECHO), LimitedConnections.ALLOWED, opened -> opened)
                        .toCompletableFuture()
                        .get(PATIENCE_SECONDS, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class);
        assertThat(gated.swarm().connections()).isEmpty();
    }

    @Test
    void aPortThatIsTakenIsAClearErrorAlthoughPortsAreShared() {
        Multiaddr taken = server.swarm().selfAddresses().listening().getFirst();
        assertThatThrownBy(
                        () -> host(HostConfig.of(Identity.generate(), "late/1").listeningOn(List.of(taken))))
                .hasMessage("cannot listen on " + taken + ": another process listens there;"
                        + " choose another under network.listen_addresses");
    }

    @Test
    void stoppingWaitsForAStreamThatIsStillBusy() throws Exception {
        Connection connection = dial();
        Collector collector = new Collector();
        MuxedStream stream = connection
                .openStream(List.of(ECHO), LimitedConnections.ALLOWED, opened -> {
                    opened.stream().channel().pipeline().addLast(collector);
                    return opened.stream();
                })
                .toCompletableFuture()
                .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        stream.channel().writeAndFlush(Unpooled.wrappedBuffer(new byte[100_000]));
        collector.begun.get(PATIENCE_SECONDS, TimeUnit.SECONDS);

        CompletableFuture<Void> stopping = CompletableFuture.runAsync(() -> {
            try {
                server.close(Duration.ofSeconds(20));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        stream.finish();
        assertThat(collector.hash.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isEqualTo(sha256(new byte[100_000]));
        assertThat(stream.closed().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS))
                .isEqualTo(new CloseReason.Finished());
        stopping.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private Connection dial() throws Exception {
        remember(server.peerId());
        DialOutcome outcome =
                client.swarm().connect(server.peerId()).toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertThat(outcome).isInstanceOf(DialOutcome.Connected.class);
        return ((DialOutcome.Connected) outcome).connection();
    }

    private void remember(PeerId peer) {
        client.swarm()
                .addressBook()
                .add(
                        peer,
                        server.swarm().selfAddresses().listening(),
                        Duration.ofMinutes(1),
                        client.strands().nanoTime());
    }

    private String echo(byte[] data) throws Exception {
        return beginEcho(data).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private CompletableFuture<String> beginEcho(byte[] data) {
        Collector collector = new Collector();
        client.swarm()
                .openStream(server.peerId(), List.of(ECHO), LimitedConnections.ALLOWED, opened -> {
                    opened.stream().channel().pipeline().addLast(collector);
                    opened.stream().channel().writeAndFlush(Unpooled.wrappedBuffer(data));
                    return opened.stream().finish();
                })
                .whenComplete((opened, failure) -> {
                    if (failure != null) {
                        collector.hash.completeExceptionally(failure);
                    }
                });
        return collector.hash;
    }

    private Host host(HostConfig config) throws Exception {
        Host host = Host.start(config);
        hosts.add(host);
        return host;
    }

    private static Multiaddr loopback() throws Exception {
        return Multiaddr.parse("/ip4/127.0.0.1/tcp/0");
    }

    private static String sha256(byte[] data) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(data));
    }

    /** Sends back what comes, and finishes when the peer has. */
    private static final class Echo implements StreamProtocol {
        @Override
        public ProtocolId id() {
            return ECHO;
        }

        @Override
        public boolean allowedOnLimitedConnections() {
            return true;
        }

        @Override
        public StreamLimits limits() {
            return new StreamLimits(1000);
        }

        @Override
        public void attach(MuxedStream stream, Connection connection) {
            stream.channel().pipeline().addLast(new ChannelInboundHandlerAdapter() {
                @Override
                public void channelRead(ChannelHandlerContext ctx, Object message) {
                    ctx.write(message);
                }

                @Override
                public void channelReadComplete(ChannelHandlerContext ctx) {
                    ctx.flush();
                    ctx.channel().config().setAutoRead(ctx.channel().isWritable());
                }

                @Override
                public void channelWritabilityChanged(ChannelHandlerContext ctx) {
                    ctx.channel().config().setAutoRead(ctx.channel().isWritable());
                }

                @Override
                public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
                    if (event instanceof ChannelInputShutdownEvent) {
                        stream.finish();
                    }
                }
            });
        }
    }

    /** Hashes what comes until the end. */
    private static final class Collector extends ChannelInboundHandlerAdapter {
        private final CompletableFuture<Void> begun = new CompletableFuture<>();
        private final CompletableFuture<String> hash = new CompletableFuture<>();
        private final MessageDigest digest;

        Collector() {
            try {
                digest = MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException missing) {
                throw new IllegalStateException(missing);
            }
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            ByteBuf bytes = (ByteBuf) message;
            digest.update(bytes.nioBuffer());
            bytes.release();
            begun.complete(null);
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
            if (event instanceof ChannelInputShutdownEvent) {
                hash.complete(HexFormat.of().formatHex(digest.digest()));
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            hash.completeExceptionally(new IllegalStateException("ended before its end"));
        }
    }
}
