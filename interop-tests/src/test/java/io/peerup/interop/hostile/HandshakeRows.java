package io.peerup.interop.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerup.testkit.hostile.Bytes;
import io.peerup.testkit.hostile.Multistream;
import io.peerup.testkit.hostile.RawIdentity;
import io.peerup.testkit.hostile.RawPeer;
import io.peerup.testkit.hostile.RawSocket;
import io.peerup.testkit.hostile.RawStream;
import io.peerup.testkit.hostile.RawYamux;
import io.peerup.testkit.hostile.SecurePipe;
import io.peerup.testkit.hostile.Varint;
import java.io.IOException;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Before there is a session: multistream-select and Noise. */
final class HandshakeRows {
    private static final int ZEROS = 100_000_000;
    private static final int RSA = 0;
    private static final int RSA_BYTES = 16_384 / 8;
    private static final int SILENT = 400;
    private static final Duration UPGRADE_TIMEOUT = Duration.ofSeconds(15);
    private static final Duration SLACK = Duration.ofSeconds(5);

    private HandshakeRows() {}

    static List<Row> rows() {
        return List.of(
                row("A1", "signatures that are not the identity's", "closed", HandshakeRows::signatures),
                row("A8", "a 16384-bit RSA key", "closed, cheaply", HandshakeRows::hugeKey),
                row(
                        "A15",
                        "a flipped bit after the handshake",
                        "closed; what follows is not served",
                        HandshakeRows::flip),
                row("A16", "100 MB of empty lines", "closed at the first", HandshakeRows::emptyLines),
                row(
                        "A16",
                        "proposals without end",
                        "closed; no more comes back than was sent",
                        HandshakeRows::proposals),
                row("A16", "empty lines inside", "closed; on a stream reset", HandshakeRows::emptyLinesInside),
                row("A17", "65,535 bytes of junk as a message", "closed", HandshakeRows::junk),
                row("A17", "junk to the side that dials", "closed", HandshakeRows::junkToTheDialer),
                row("A17", "many who say nothing", "most are closed at once, all in time", HandshakeRows::silence)
                        .whileTheHonestStays()
                        .inASiege(Row.Part.SHUTS_OUT),
                row("A18", "lengths that no message has", "closed", HandshakeRows::lengths));
    }

    private static Row row(String id, String title, String expected, Row.Attack attack) {
        return new Row(id, title, Group.HANDSHAKE, expected, attack);
    }

    /** Every 16th bit of the signature, of the key, and signatures of nobody and of somebody else. */
    private static void signatures(Scene scene) throws Exception {
        RawIdentity me = scene.cast().attacker();
        RawIdentity victim = scene.cast().honest();
        byte[] prefix = Bytes.text("noise-libp2p-static-key:");
        List<UnaryOperator<byte[]>> payloads = new ArrayList<>();
        for (int bit = 0; bit < 64 * 8; bit += 16) {
            int at = bit;
            payloads.add(key -> SecurePipe.payload(me.publicKey(), flipped(me.sign(prefix, key), at)));
        }
        for (int bit = 4 * 8; bit < 36 * 8; bit += 16) {
            int at = bit;
            payloads.add(key -> SecurePipe.payload(flipped(me.publicKey(), at), me.sign(prefix, key)));
        }
        payloads.add(key -> SecurePipe.payload(victim.publicKey(), me.sign(prefix, key)));
        payloads.add(key -> SecurePipe.payload(me.publicKey(), me.sign(key)));
        payloads.add(key -> SecurePipe.payload(me.publicKey(), new byte[64]));
        payloads.add(key -> SecurePipe.payload(me.publicKey(), new byte[0]));
        payloads.add(key -> new byte[0]);
        for (UnaryOperator<byte[]> payload : payloads) {
            refused(scene.relay(), payload);
        }
    }

    private static void hugeKey(Scene scene) throws Exception {
        byte[] integer = Bytes.join(new byte[] {0}, Bytes.repeat(new byte[] {-1}, RSA_BYTES));
        byte[] key = der(0x30, Bytes.join(der(0x02, integer), der(0x02, new byte[] {1, 0, 1})));
        byte[] algorithm = {0x30, 0x0d, 6, 9, 0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 0x0d, 1, 1, 1, 5, 0};
        byte[] spki = der(0x30, Bytes.join(algorithm, der(0x03, Bytes.join(new byte[] {0}, key))));
        byte[] publicKey = RawIdentity.publicKey(RSA, spki);
        for (int attempt = 0; attempt < 20; attempt++) {
            refused(scene.relay(), staticKey -> SecurePipe.payload(publicKey, Bytes.junk(RSA_BYTES)));
        }
    }

    private static void flip(Scene scene) throws Exception {
        try (RawPeer peer = scene.atRelay()) {
            peer.ping();
            long before = peer.socket().received();
            byte[] bad = peer.secure().seal(Bytes.junk(100));
            bad[50] ^= 1;
            RawStream stream = peer.muxer().follow(peer.muxer().takeId());
            peer.socket().write(bad);
            try {
                Multistream.propose(stream, RawPeer.PING);
                throw new AssertionError("served after a forged message");
            } catch (IOException over) {
                Sight.cut(peer.socket());
            }
            assertThat(peer.socket().received() - before)
                    .as("bytes after the forged message")
                    .isLessThan(1000);
        }
    }

    private static void emptyLines(Scene scene) throws Exception {
        try (RawSocket socket = scene.relay().connect()) {
            long sent = socket.flood(new byte[64 << 10], ZEROS, Sight.FLOOD);
            assertThat(sent).as("zeros that were taken").isLessThan(ZEROS);
            Sight.cutWithoutAmplification(socket);
        }
        try (RawSocket socket = scene.relay().connect()) {
            socket.write(Multistream.line(Multistream.HEADER));
            socket.flood(new byte[64 << 10], ZEROS, Sight.FLOOD);
            Sight.cutWithoutAmplification(socket);
        }
    }

    private static void proposals(Scene scene) throws Exception {
        try (RawSocket socket = scene.relay().connect()) {
            socket.write(Multistream.line(Multistream.HEADER));
            socket.flood(Bytes.repeat(Multistream.line("x"), 10_000), 10_000_000, Sight.FLOOD);
            Sight.cutWithoutAmplification(socket);
        }
    }

    private static void emptyLinesInside(Scene scene) throws Exception {
        try (RawSocket socket = scene.relay().connect()) {
            Multistream.propose(socket, SecurePipe.PROTOCOL);
            SecurePipe secure = SecurePipe.initiate(socket, scene.cast().attacker());
            secure.write(new byte[64 << 10]);
            Sight.cutWithoutAmplification(socket);
        }
        try (RawPeer peer = scene.atRelay()) {
            for (int stream = 0; stream < 100; stream++) {
                RawStream opened = peer.muxer().open();
                opened.write(new byte[64 << 10]);
                assertThat(opened.awaitReset()).isEqualTo(Sight.VIOLATION);
            }
            Sight.goesOn(peer);
        }
    }

    private static void junk(Scene scene) throws Exception {
        for (int size : new int[] {0, 1, 31, 65_535}) {
            byte[] message = SecurePipe.frame(Bytes.junk(size));
            try (RawSocket first = scene.relay().connect()) {
                Multistream.propose(first, SecurePipe.PROTOCOL);
                first.write(message);
                Sight.cut(first);
            }
            try (RawSocket third = scene.relay().connect()) {
                Multistream.propose(third, SecurePipe.PROTOCOL);
                third.write(SecurePipe.frame(Bytes.junk(32)));
                third.write(message);
                Sight.cut(third);
            }
        }
    }

    private static void junkToTheDialer(Scene scene) throws Exception {
        for (int size : new int[] {0, 95, 65_535}) {
            try (RawSocket dialed = scene.trap().acceptNew()) {
                Multistream.answer(dialed, SecurePipe.PROTOCOL);
                dialed.write(SecurePipe.frame(Bytes.junk(size)));
                Sight.cut(dialed);
            }
        }
        RawIdentity somebodyElse = scene.cast().attacker();
        try (RawSocket dialed = scene.trap().acceptNew()) {
            Multistream.answer(dialed, SecurePipe.PROTOCOL);
            try {
                SecurePipe secure = SecurePipe.respond(dialed, somebodyElse);
                Multistream.answer(secure, RawYamux.PROTOCOL);
                throw new AssertionError("the dialer went on with somebody else");
            } catch (IOException over) {
                Sight.cut(dialed);
            }
        }
    }

    /**
     * Loopback is exempt from the limit per address, so this fills what there is for all: an honest peer that is
     * connected goes on, and one that comes when it is over is served. The limit per address is a unit test's.
     */
    private static void silence(Scene scene) throws Exception {
        List<RawSocket> silent = new ArrayList<>();
        try (RawPeer honest = scene.relay().dial(scene.cast().honest())) {
            int cut = 0;
            for (int each = 0; each < SILENT; each++) {
                try {
                    silent.add(scene.relay().connect());
                } catch (SocketException cutBeforeWeKnew) {
                    cut++;
                }
            }
            for (RawSocket socket : silent) {
                honest.ping();
                if (socket.awaitEnd(Duration.ofMillis(20)) != RawSocket.End.OPEN) {
                    cut++;
                }
            }
            assertThat(cut).as("silent connections that were closed at once").isGreaterThan(SILENT / 3);
            for (RawSocket socket : silent) {
                Sight.cut(socket, UPGRADE_TIMEOUT.plus(SLACK));
            }
            honest.ping();
        } finally {
            for (RawSocket socket : silent) {
                socket.close();
            }
        }
    }

    private static void lengths(Scene scene) throws Exception {
        List<byte[]> lengths = new ArrayList<>(Varint.badLengths(1024, 20));
        lengths.add(Bytes.repeat(new byte[] {-1}, 64));
        for (byte[] length : lengths) {
            byte[] message = Bytes.join(length, Multistream.line(Multistream.HEADER));
            try (RawSocket socket = scene.relay().connect()) {
                socket.write(message);
                Sight.cutWithoutAmplification(socket);
            }
            try (RawPeer peer = scene.atRelay()) {
                RawStream stream = peer.muxer().open();
                stream.write(message);
                Sight.reset(peer, stream, Sight.VIOLATION);
            }
        }
        try (RawSocket dialed = scene.trap().acceptNew()) {
            dialed.write(Bytes.join(Varint.of(Integer.MAX_VALUE), Multistream.line(Multistream.HEADER)));
            Sight.cut(dialed);
        }
    }

    private static void refused(Target target, UnaryOperator<byte[]> payload) throws IOException {
        try (RawSocket socket = target.connect()) {
            Multistream.propose(socket, SecurePipe.PROTOCOL);
            SecurePipe secure = SecurePipe.initiate(socket, payload);
            long before = socket.received();
            try {
                Multistream.propose(secure, RawYamux.PROTOCOL);
                throw new AssertionError("let in");
            } catch (IOException over) {
                Sight.cut(socket);
            }
            assertThat(socket.received())
                    .as("bytes after the last message of the handshake")
                    .isEqualTo(before);
        }
    }

    private static byte[] flipped(byte[] bytes, int bit) {
        bytes[bit / 8] ^= (byte) (1 << bit % 8);
        return bytes;
    }

    private static byte[] der(int tag, byte[] content) {
        byte[] length = content.length < 128
                ? new byte[] {(byte) content.length}
                : new byte[] {(byte) 0x82, (byte) (content.length >> 8), (byte) content.length};
        return Bytes.join(new byte[] {(byte) tag}, length, content);
    }
}
