package io.peerup.interop.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerup.interop.JavaPeerProgram;
import io.peerup.testkit.hostile.Multistream;
import io.peerup.testkit.hostile.RawIdentity;
import io.peerup.testkit.hostile.RawListener;
import io.peerup.testkit.hostile.RawPeer;
import io.peerup.testkit.hostile.RawStream;
import io.peerup.testkit.process.GoPeer;
import io.peerup.testkit.process.GoVersion;
import io.peerup.testkit.process.PeerProcess;
import io.peerup.testkit.process.Requirements;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The hostile kit is an honest peer when it wants to be: otherwise attacks may fail for the wrong reason. */
@Timeout(value = 6, unit = TimeUnit.MINUTES)
class KitTest {
    private static final Pattern TCP = Pattern.compile("/ip4/127\\.0\\.0\\.1/tcp/(\\d+)");
    private static final int MORE_THAN_A_WINDOW = 600_000;

    @Test
    void itPingsGo() throws Exception {
        Requirements.go();
        for (GoVersion version : GoVersion.values()) {
            try (PeerProcess go = GoPeer.start(version)) {
                pingsAndEchoes(go);
            }
        }
    }

    @Test
    void itPingsUs() throws Exception {
        try (PeerProcess ours = JavaPeerProgram.start(List.of())) {
            pingsAndEchoes(ours);
        }
    }

    @Test
    void goPingsIt() throws Exception {
        Requirements.go();
        RawIdentity identity = RawIdentity.generate();
        try (PeerProcess go = GoPeer.start(GoVersion.V0_51);
                RawListener listener = new RawListener(identity)) {
            CompletableFuture<?> dialing = CompletableFuture.runAsync(() -> {
                try {
                    go.run("connect", Map.of("addr", listener.address()));
                    go.run("ping", Map.of("peer", identity.name()));
                } catch (Exception failed) {
                    throw new IllegalStateException(failed);
                }
            });
            try (RawPeer peer = listener.answer(listener.accept())) {
                RawStream identify = peer.muxer().accept();
                Multistream.answer(identify, "/ipfs/id/1.0.0");
                identify.finish();
                RawStream ping = peer.muxer().accept();
                Multistream.answer(ping, RawPeer.PING);
                ping.write(ping.read(32));
                dialing.get(20, TimeUnit.SECONDS);
            }
        }
    }

    private static void pingsAndEchoes(PeerProcess process) throws Exception {
        try (RawPeer peer = RawPeer.dial(tcp(process.address().toString()), RawIdentity.generate())) {
            assertThat(peer.ping()).isLessThan(Duration.ofSeconds(10));
            RawStream echo = peer.muxer().open("/peerup-test/echo/1.0.0");
            byte[] content = io.peerup.testkit.hostile.Bytes.junk(MORE_THAN_A_WINDOW);
            echo.write(content);
            echo.finish();
            assertThat(echo.readAll()).isEqualTo(content);
        }
    }

    private static InetSocketAddress tcp(String address) {
        Matcher port = TCP.matcher(address);
        assertThat(port.find()).as(address).isTrue();
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(port.group(1)));
    }
}
