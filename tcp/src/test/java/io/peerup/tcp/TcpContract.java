package io.peerup.tcp;

import io.peerup.noise.netty.Noise;
import io.peerup.swarm.ConnectionGater;
import io.peerup.swarm.Transport;
import io.peerup.swarm.Upgrader;
import io.peerup.swarm.limits.ResourceLimits;
import io.peerup.swarm.limits.ResourceScopes;
import io.peerup.testkit.contracts.TransportContract;
import io.peerup.wire.Identity;
import io.peerup.wire.Multiaddr;
import io.peerup.yamux.YamuxConfig;
import io.peerup.yamux.netty.Yamux;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** TCP under Noise and Yamux, over one address of the loopback. */
abstract class TcpContract extends TransportContract {
    private final InetAddress loopback;
    private final EventLoops loops;
    private ServerSocket silent;

    TcpContract(InetAddress loopback, EventLoops loops) {
        this.loopback = loopback;
        this.loops = loops;
    }

    static InetAddress address(int... bytes) {
        byte[] raw = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            raw[i] = (byte) bytes[i];
        }
        try {
            return InetAddress.getByAddress(raw);
        } catch (UnknownHostException wrongLength) {
            throw new IllegalArgumentException(wrongLength);
        }
    }

    @BeforeEach
    final void beSilent() throws IOException {
        silent = new ServerSocket(0, 50, loopback);
    }

    @AfterEach
    final void endLoops() throws Exception {
        silent.close();
        loops.close().sync();
    }

    final EventLoops loops() {
        return loops;
    }

    /** Its backlog lets others connect; nobody ever accepts. */
    final ServerSocket silent() {
        return silent;
    }

    final InetAddress loopback() {
        return loopback;
    }

    @Override
    protected final Transport transport(Identity identity, Duration upgradeTimeout) {
        Upgrader upgrader = new Upgrader(
                List.of(Noise.of(identity)),
                List.of(new Yamux(YamuxConfig.defaults())),
                ConnectionGater.open(),
                new ResourceScopes(ResourceLimits.defaults(), System::nanoTime),
                upgradeTimeout);
        return new TcpTransport(loops, upgrader, Duration.ofSeconds(1));
    }

    @Override
    protected final Multiaddr anyPort() {
        return at(0);
    }

    @Override
    protected final Multiaddr somebodySilent() {
        return at(silent.getLocalPort());
    }

    @Override
    protected final Multiaddr nobody() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, loopback)) {
            return at(socket.getLocalPort());
        }
    }

    final Multiaddr at(int port) {
        return Multiaddr.ofTcp(new InetSocketAddress(loopback, port));
    }
}
