package io.peerup.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerup.wire.Multiaddr;
import java.io.IOException;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

@EnabledIf(value = "hasIp6", disabledReason = "this machine has no IPv6")
class TcpOverIp6Test extends TcpContract {
    TcpOverIp6Test() {
        super(address(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1), EventLoops.start(2));
    }

    static boolean hasIp6() {
        try (ServerSocket socket = new ServerSocket(0, 1, new TcpOverIp6Test().loopback())) {
            return socket.isBound();
        } catch (IOException none) {
            return false;
        }
    }

    @Test
    void bothFamiliesShareAPort() throws Exception {
        Multiaddr everywhere =
                new Peer().listen(Multiaddr.parse("/ip6/::/tcp/0")).address();
        int port = everywhere.tcpAddress().orElseThrow().getPort();
        Multiaddr alsoOnIp4 = Multiaddr.parse("/ip4/0.0.0.0/tcp/" + port);
        assertThat(new Peer().listen(alsoOnIp4).address()).isEqualTo(alsoOnIp4);
    }
}
