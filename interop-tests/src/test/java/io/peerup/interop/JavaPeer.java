package io.peerup.interop;

import io.peerup.circuitrelay.CircuitAddress;
import io.peerup.circuitrelay.netty.CircuitTransport;
import io.peerup.host.Host;
import io.peerup.host.HostConfig;
import io.peerup.identify.netty.Ping;
import io.peerup.noise.netty.Noise;
import io.peerup.swarm.CloseReason;
import io.peerup.swarm.Connection;
import io.peerup.swarm.Connection.LimitedConnections;
import io.peerup.swarm.ConnectionGater;
import io.peerup.swarm.DialOutcome;
import io.peerup.swarm.ProtocolId;
import io.peerup.swarm.SwarmConfig;
import io.peerup.swarm.Upgrader;
import io.peerup.swarm.limits.ResourceLimits;
import io.peerup.wire.Identity;
import io.peerup.wire.Multiaddr;
import io.peerup.wire.PeerId;
import io.peerup.yamux.YamuxConfig;
import io.peerup.yamux.netty.Yamux;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** Our own peer in a test: a host with the test protocols, and the same commands that go-peer knows. */
public final class JavaPeer implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 60;
    private static final Duration UPGRADE_PATIENCE = Duration.ofSeconds(15);

    private final Host host;
    private final Identity identity;
    private final TestProtocols protocols = new TestProtocols();

    private JavaPeer(Host host, Identity identity) {
        this.host = host;
        this.identity = identity;
        protocols.serve(host.swarm());
    }

    public static JavaPeer start(Identity identity) throws Exception {
        return new JavaPeer(
                Host.start(HostConfig.of(identity, "java-peer/1")
                        .listeningOn(List.of(Multiaddr.parse("/ip4/127.0.0.1/tcp/0")))
                        .withLimits(
                                SwarmConfig.defaults().withLimits(ResourceLimits.unlimited()),
                                YamuxConfig.defaults().withMaxInboundStreams(100_000))),
                identity);
    }

    /** The same, dialing and accepting circuits. */
    static JavaPeer startWithCircuits() throws Exception {
        Identity identity = Identity.generate();
        JavaPeer peer = start(identity);
        CircuitTransport.addTo(
                peer.host.swarm(),
                new Upgrader(
                        List.of(Noise.of(identity)),
                        List.of(new Yamux(YamuxConfig.defaults().withMaxInboundStreams(100_000))),
                        ConnectionGater.open(),
                        peer.host.swarm().resources(),
                        UPGRADE_PATIENCE));
        peer.host.swarm().listen(CircuitAddress.ANY).toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        return peer;
    }

    Identity identity() {
        return identity;
    }

    public Host host() {
        return host;
    }

    TestProtocols protocols() {
        return protocols;
    }

    public PeerId id() {
        return host.peerId();
    }

    public Multiaddr address() {
        return host.swarm().selfAddresses().listening().getFirst().withPeerId(id());
    }

    public Connection connect(PeerId peer, Multiaddr address) throws Exception {
        DialOutcome outcome =
                host.swarm().dial(peer, List.of(address)).toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        return switch (outcome) {
            case DialOutcome.Connected(Connection connection, boolean fresh) -> connection;
            case DialOutcome.Failed failed -> throw new IOException(failed.line());
            case DialOutcome.Gated gated -> throw new IOException("gated");
            case DialOutcome.Itself itself -> throw new IOException("that is ourselves");
        };
    }

    public StreamIo open(PeerId peer, ProtocolId protocol) throws Exception {
        return host.swarm()
                .openStream(peer, List.of(protocol), LimitedConnections.ALLOWED, opened -> StreamIo.on(opened.stream()))
                .toCompletableFuture()
                .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /** One ping over this connection. */
    public static void ping(Connection connection) throws Exception {
        Ping.Outcome outcome = Ping.once(connection, Duration.ofSeconds(10), System::nanoTime)
                .toCompletableFuture()
                .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (!(outcome instanceof Ping.Outcome.Answered)) {
            throw new IOException("ping: " + outcome);
        }
    }

    public void echo(PeerId peer, int bytes) throws Exception {
        StreamIo io = open(peer, TestProtocols.ECHO);
        byte[] nonce = new byte[bytes];
        new Random().nextBytes(nonce);
        io.write(nonce);
        io.finish();
        if (!Arrays.equals(nonce, io.readFully(bytes)) || io.read(new byte[1]) >= 0) {
            throw new IOException("something else came back");
        }
    }

    void upload(PeerId peer, long bytes) throws Exception {
        StreamIo io = open(peer, TestProtocols.SINK);
        byte[] digest = TestProtocols.sendRandom(io, bytes);
        io.finish();
        requireSame(digest, io.readFully(digest.length));
    }

    void download(PeerId peer, long bytes) throws Exception {
        StreamIo io = begin(peer, bytes);
        finishDownload(io, bytes);
    }

    /** Two downloads, the first of which is not read until the second is complete. */
    void slowFast(PeerId peer, long bytes) throws Exception {
        StreamIo slow = begin(peer, bytes);
        download(peer, bytes);
        finishDownload(slow, bytes);
    }

    /** Has the peer reset our stream; returns how that stream ended for us. */
    CloseReason askReset(PeerId peer, int code) throws Exception {
        StreamIo io = open(peer, TestProtocols.RESET);
        io.write(ByteBuffer.allocate(Integer.BYTES).putInt(code).array());
        return io.closed();
    }

    @Override
    public void close() throws InterruptedException {
        host.close(Duration.ZERO);
    }

    private StreamIo begin(PeerId peer, long bytes) throws Exception {
        StreamIo io = open(peer, TestProtocols.SOURCE);
        io.write(ByteBuffer.allocate(Long.BYTES).putLong(bytes).array());
        return io;
    }

    private static void finishDownload(StreamIo io, long bytes) throws IOException {
        MessageDigest digest = TestProtocols.sha256();
        byte[] block = new byte[64 << 10];
        for (long left = bytes; left > 0; ) {
            byte[] piece = left < block.length ? new byte[(int) left] : block;
            int read = io.read(piece);
            if (read < 0) {
                throw new IOException(left + " bytes are missing");
            }
            digest.update(piece, 0, read);
            left -= read;
        }
        requireSame(digest.digest(), io.readFully(digest.getDigestLength()));
    }

    private static void requireSame(byte[] expected, byte[] told) throws IOException {
        if (!Arrays.equals(expected, told)) {
            throw new IOException("the two ends hashed different bytes");
        }
    }
}
