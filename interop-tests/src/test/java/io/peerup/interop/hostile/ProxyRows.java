package io.peerup.interop.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.peerup.testkit.hostile.Bytes;
import io.peerup.testkit.hostile.RawPeer;
import io.peerup.testkit.hostile.RawStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A daemon between a hostile peer and a TCP service, and between a hostile service and a peer. */
final class ProxyRows {
    private static final int SESSIONS = 300;
    private static final int SESSIONS_OF_ONE_CONNECTION = 256;

    private ProxyRows() {}

    static List<Row> rows() {
        return List.of(
                row(
                        "B3",
                        "FIN and RST in any order, hundreds of times",
                        "descriptors come back",
                        ProxyRows::finAndReset),
                row("C-proxy", "half-close from either side", "the other direction goes on", ProxyRows::halfClose),
                row("C-proxy", "RST from either side", "the other side is reset", ProxyRows::reset),
                row(
                        "C-proxy",
                        "sessions that say nothing",
                        "those of one connection are bounded, nobody else waits",
                        ProxyRows::slow),
                row("C-proxy", "services that are not exposed", "not spoken", ProxyRows::elsewhere));
    }

    private static Row row(String id, String title, String expected, Row.Attack attack) {
        return new Row(id, title, Group.PROXY, expected, attack);
    }

    private static void finAndReset(Scene scene) throws Exception {
        Random random = new Random(1);
        for (int session = 0; session < SESSIONS; session += 10) {
            try (RawPeer peer = scene.atDaemon()) {
                for (int each = 0; each < 10; each++) {
                    RawStream stream = peer.muxer().open(scene.service().protocol());
                    Socket service = scene.service().next();
                    stream.write(Bytes.junk(100));
                    service.getOutputStream().write(Bytes.junk(100));
                    end(random.nextInt(6), stream, service);
                }
            }
        }
    }

    private static void end(int way, RawStream stream, Socket service) throws IOException {
        switch (way) {
            case 0 -> {
                service.shutdownOutput();
                reset(service);
            }
            case 1 -> {
                service.shutdownOutput();
                stream.reset();
                reset(service);
            }
            case 2 -> {
                stream.finish();
                reset(service);
            }
            case 3 -> {
                stream.finish();
                service.shutdownOutput();
                stream.reset();
                service.close();
            }
            case 4 -> {
                reset(service);
                stream.reset();
            }
            default -> {
                stream.finish();
                stream.reset();
                service.close();
            }
        }
    }

    private static void halfClose(Scene scene) throws Exception {
        try (RawPeer peer = scene.atDaemon()) {
            RawStream asks = peer.muxer().open(scene.service().protocol());
            try (Socket service = scene.service().next()) {
                asks.write(Bytes.text("question"));
                asks.finish();
                assertThat(service.getInputStream().readAllBytes()).asString().isEqualTo("question");
                service.getOutputStream().write(Bytes.text("answer"));
                service.shutdownOutput();
                assertThat(asks.readAll()).asString().isEqualTo("answer");
            }
            RawStream hears = peer.muxer().open(scene.service().protocol());
            try (Socket service = scene.service().next()) {
                service.getOutputStream().write(Bytes.text("banner"));
                service.shutdownOutput();
                assertThat(hears.readAll()).asString().isEqualTo("banner");
                hears.write(Bytes.text("and on"));
                hears.finish();
                assertThat(service.getInputStream().readAllBytes()).asString().isEqualTo("and on");
            }
        }
    }

    private static void reset(Scene scene) throws Exception {
        try (RawPeer peer = scene.atDaemon()) {
            RawStream stream = peer.muxer().open(scene.service().protocol());
            reset(scene.service().next());
            stream.awaitReset();
            RawStream gone = peer.muxer().open(scene.service().protocol());
            try (Socket service = scene.service().next()) {
                gone.reset();
                InputStream in = service.getInputStream();
                assertThatThrownBy(in::read).isInstanceOf(IOException.class).hasMessageContaining("reset");
            }
            Sight.goesOn(peer);
        }
    }

    private static void slow(Scene scene) throws Exception {
        List<Socket> services = new ArrayList<>();
        try (RawPeer peer = scene.atDaemon();
                RawPeer other = scene.daemon().dial(scene.cast().friends().getFirst())) {
            for (int session = 0; session < SESSIONS_OF_ONE_CONNECTION; session++) {
                peer.muxer().open(scene.service().protocol());
                services.add(scene.service().next());
            }
            assertThatThrownBy(() -> peer.muxer().open(scene.service().protocol()))
                    .isInstanceOfSatisfying(
                            RawStream.WasReset.class,
                            refused -> assertThat(refused.code()).isEqualTo(Sight.TOO_MANY));
            RawStream served = other.muxer().open(scene.service().protocol());
            Service.echo(scene.service().next());
            served.write(Bytes.text("hello"));
            assertThat(served.read(5)).asString().isEqualTo("hello");
        } finally {
            for (Socket service : services) {
                service.close();
            }
        }
    }

    private static void elsewhere(Scene scene) throws Exception {
        try (RawPeer peer = scene.atDaemon()) {
            for (String name : List.of("ssh", "api", "web/../ssh", "127.0.0.1:22", "169.254.169.254", "")) {
                assertThatThrownBy(() -> peer.muxer().open("/peerup/" + name + "/1.0.0"))
                        .as(name)
                        .isInstanceOf(IOException.class);
            }
            Sight.goesOn(peer);
        }
    }

    private static void reset(Socket socket) throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }
}
