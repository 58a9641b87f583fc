package io.peerup.circuitrelay.service;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.peerup.circuitrelay.CircuitAddress;
import io.peerup.circuitrelay.RelayAccess;
import io.peerup.circuitrelay.RelayLimits;
import io.peerup.circuitrelay.ReservationState;
import io.peerup.circuitrelay.StaticRelay;
import io.peerup.circuitrelay.netty.CircuitTransport;
import io.peerup.noise.netty.Noise;
import io.peerup.swarm.Connection;
import io.peerup.swarm.Connection.LimitedConnections;
import io.peerup.swarm.ConnectionGater;
import io.peerup.swarm.DialOutcome;
import io.peerup.swarm.MuxedStream;
import io.peerup.swarm.ProtocolId;
import io.peerup.swarm.StreamLimits;
import io.peerup.swarm.StreamProtocol;
import io.peerup.swarm.Swarm;
import io.peerup.swarm.SwarmConfig;
import io.peerup.swarm.Upgrader;
import io.peerup.swarm.strands.Strands;
import io.peerup.swarm.strands.VirtualStrands;
import io.peerup.tcp.EventLoops;
import io.peerup.tcp.TcpTransport;
import io.peerup.testkit.Patience;
import io.peerup.wire.Identity;
import io.peerup.wire.Multiaddr;
import io.peerup.wire.PeerId;
import io.peerup.yamux.YamuxConfig;
import io.peerup.yamux.netty.Yamux;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A node of the test: TCP, noise, yamux and circuits, on loops of its own. */
final class TestNode implements AutoCloseable {
    static final ProtocolId ECHO = ProtocolId.of("/test/echo/1");
    static final long PATIENCE_SECONDS = Patience.SECONDS;

    final Identity identity;
    final Swarm swarm;
    final EventLoops loops;
    final BlockingQueue<ReservationState> states = new LinkedBlockingQueue<>();
    private final Multiaddr address;

    TestNode(Identity identity, Multiaddr listen, int threads) throws Exception {
        this(identity, listen, threads, SwarmConfig.defaults(), new VirtualStrands());
    }

    private TestNode(Identity identity, Multiaddr listen, int threads, SwarmConfig config, Strands strands)
            throws Exception {
        this.identity = identity;
        this.loops = EventLoops.start(threads);
        this.swarm = new Swarm(identity.peerId(), config, ConnectionGater.open(), strands);
        Upgrader upgrader = new Upgrader(
                List.of(Noise.of(identity)),
                List.of(new Yamux(YamuxConfig.defaults())),
                ConnectionGater.open(),
                swarm.resources(),
                Duration.ofSeconds(15));
        swarm.addTransport(new TcpTransport(loops, upgrader, Duration.ofSeconds(5)));
        CircuitTransport.addTo(swarm, upgrader);
        swarm.handle(new Echo());
        this.address = swarm.listen(listen).toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        swarm.listen(CircuitAddress.ANY).toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    static TestNode start() throws Exception {
        return start(1);
    }

    /** A node on so many loops. */
    static TestNode start(int threads) throws Exception {
        return start(threads, SwarmConfig.defaults(), new VirtualStrands());
    }

    static TestNode start(int threads, SwarmConfig config, Strands strands) throws Exception {
        return new TestNode(Identity.generate(), Multiaddr.parse("/ip4/127.0.0.1/tcp/0"), threads, config, strands);
    }

    PeerId id() {
        return identity.peerId();
    }

    Multiaddr address() {
        return address;
    }

    Relay relay(RelayLimits limits) {
        return Relay.start(swarm, identity, limits, RelayAccess.open(), InstantSource.system());
    }

    ReservationKeeper keepAt(TestNode relay) {
        return ReservationKeeper.start(
                swarm,
                StaticRelay.of(List.of(relay.address().withPeerId(relay.id()))),
                InstantSource.system(),
                (peer, state) -> states.add(state));
    }

    /** Waits for the next state that matches and returns it. */
    ReservationState state(Predicate<ReservationState> wanted) throws InterruptedException {
        while (true) {
            ReservationState next = states.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (next == null) {
                throw new AssertionError("no such state; last known of " + states);
            }
            if (wanted.test(next)) {
                return next;
            }
        }
    }

    DialOutcome dial(PeerId peer, Multiaddr at) throws Exception {
        return swarm.dial(peer, List.of(at)).toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    Connection connect(PeerId peer, Multiaddr at) throws Exception {
        return switch (dial(peer, at)) {
            case DialOutcome.Connected(Connection connection, boolean fresh) -> connection;
            case DialOutcome.Failed failed -> throw new AssertionError(failed.line());
            case DialOutcome.Itself itself -> throw new AssertionError(itself);
            case DialOutcome.Gated gated -> throw new AssertionError(gated);
        };
    }

    /** A circuit to {@code peer} through {@code relay}. */
    Connection circuit(TestNode relay, PeerId peer) throws Exception {
        return connect(peer, CircuitAddress.through(relay.address(), relay.id()));
    }

    /** An echo stream with a collector at our end. */
    static Echoing echo(Connection connection) throws Exception {
        return connection
                .openStream(List.of(ECHO), LimitedConnections.ALLOWED, opened -> {
                    Echoing echoing = new Echoing(opened.stream());
                    opened.stream().channel().pipeline().addLast(echoing.collector);
                    return echoing;
                })
                .toCompletableFuture()
                .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    record Echoing(MuxedStream stream, Collector collector) {
        Echoing(MuxedStream stream) {
            this(stream, new Collector());
        }

        void send(byte[] bytes) {
            stream.channel().writeAndFlush(Unpooled.wrappedBuffer(bytes));
        }
    }

    @Override
    public void close() throws InterruptedException {
        swarm.close(Duration.ZERO);
        loops.close().await();
    }

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
            return new StreamLimits(100);
        }

        @Override
        public void attach(MuxedStream stream, Connection connection) {
            stream.channel().pipeline().addLast(new ChannelInboundHandlerAdapter() {
                @Override
                public void channelRead(ChannelHandlerContext ctx, Object message) {
                    ctx.writeAndFlush(message);
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
}
