package io.peerup.interop.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerup.testkit.hostile.Bytes;
import io.peerup.testkit.hostile.Multistream;
import io.peerup.testkit.hostile.RawFrame;
import io.peerup.testkit.hostile.RawPeer;
import io.peerup.testkit.hostile.RawStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Inside the encryption, below any protocol. */
final class YamuxRows {
    private static final String STALL = "/peerup-test/stall/1.0.0";
    private static final int INITIAL_WINDOW = 256 << 10;
    private static final int CONNECTIONS = 16;
    private static final int STREAMS = 1100;
    private static final int STREAMS_OF_ONE_PEER = 2048;
    private static final int LAST = 77;
    private static final int PINGS = 1_000_000;
    private static final int STALL_SECONDS = 11;
    private static final int STALLED_BYTES = 16 << 20;
    private static final long MOST_KIB = 64 << 10;

    private YamuxRows() {}

    static List<Row> rows() {
        return List.of(
                row(
                        "A6",
                        "more streams than a connection may have, on every connection",
                        "reset, memory bounded",
                        YamuxRows::everything),
                row("A10", "credit beyond any window", "go-away, closed", YamuxRows::credit),
                row(
                        "A11",
                        "one byte more than the window, with the stream's first frame",
                        "go-away, closed",
                        YamuxRows::tooMuchAtOnce),
                row(
                        "A12",
                        "a million pings from somebody who does not read",
                        "closed or held back, memory flat",
                        YamuxRows::pings),
                row(
                        "A13",
                        "flags in every kind of frame",
                        "SYN, ACK, FIN and RST come as window updates, no frame is torn",
                        YamuxRows::flags),
                row("A14", "a reader that stands still for eleven seconds", "every byte arrives", YamuxRows::standstill)
                        .inASiege(Row.Part.WAITS),
                row(
                        "A28",
                        "frames about streams that nobody opened",
                        "dropped, memory flat",
                        YamuxRows::nobodysStreams),
                row(
                        "B12",
                        "a window full of frames of one byte",
                        "held in little more than the window",
                        YamuxRows::crumbs));
    }

    private static Row row(String id, String title, String expected, Row.Attack attack) {
        return new Row(id, title, Group.YAMUX, expected, attack);
    }

    private static void everything(Scene scene) throws Exception {
        long before = Vitals.rssKib(scene.daemon().pid());
        List<RawPeer> peers = new ArrayList<>();
        try {
            for (int each = 0; each < CONNECTIONS; each++) {
                RawPeer peer = scene.atDaemon();
                peers.add(peer);
                byte[][] frames = new byte[STREAMS + 1][];
                for (int stream = 0; stream < STREAMS; stream++) {
                    frames[stream] = RawFrame.window(RawFrame.SYN, peer.muxer().takeId(), 0);
                }
                frames[STREAMS] = RawFrame.ping(RawFrame.SYN, LAST);
                peer.secure().write(Bytes.join(frames));
            }
            int refused = 0;
            for (RawPeer peer : peers) {
                RawFrame.Header header = RawFrame.next(peer.secure());
                while (header.type() != RawFrame.PING || header.length() != LAST) {
                    if ((header.flags() & RawFrame.RST) != 0) {
                        assertThat(header.length()).isEqualTo(Sight.TOO_MANY);
                        refused++;
                    }
                    header = RawFrame.next(peer.secure());
                }
            }
            assertThat(refused)
                    .as("streams that were reset")
                    .isGreaterThanOrEqualTo(CONNECTIONS * STREAMS - STREAMS_OF_ONE_PEER);
            assertThat(Vitals.rssKib(scene.daemon().pid()) - before)
                    .as("KiB more")
                    .isLessThan(MOST_KIB);
        } finally {
            for (RawPeer peer : peers) {
                peer.close();
            }
        }
    }

    private static void credit(Scene scene) throws Exception {
        try (RawPeer peer = scene.atRelay()) {
            RawStream stream = peer.muxer().open();
            peer.secure().write(Bytes.repeat(RawFrame.window(RawFrame.NONE, stream.id(), -1), 2));
            Sight.goAway(peer, Sight.YAMUX_PROTOCOL_ERROR);
        }
        try (RawPeer peer = scene.atRelay()) {
            RawStream stream = peer.muxer().open(RawPeer.PING);
            stream.reset();
            peer.secure().write(Bytes.repeat(RawFrame.window(RawFrame.NONE, stream.id(), -1), 1000));
            Sight.goesOn(peer);
        }
    }

    private static void tooMuchAtOnce(Scene scene) throws Exception {
        try (RawPeer peer = scene.atRelay()) {
            for (int round = 0; round < 20; round++) {
                int id = peer.muxer().takeId();
                RawStream stream = peer.muxer().follow(id);
                peer.secure().write(RawFrame.data(RawFrame.SYN, id, new byte[INITIAL_WINDOW]));
                assertThat(stream.awaitReset()).isEqualTo(Sight.VIOLATION);
            }
            Sight.goesOn(peer);
        }
        for (int round = 0; round < 20; round++) {
            try (RawPeer peer = scene.atRelay()) {
                int id = peer.muxer().takeId();
                peer.secure().write(Sight.dataHeader(RawFrame.SYN, id, INITIAL_WINDOW + 1));
                Sight.goAway(peer, Sight.YAMUX_PROTOCOL_ERROR);
            }
        }
    }

    private static void pings(Scene scene) throws Exception {
        long before = Vitals.rssKib(scene.relay().pid());
        byte[] many = Bytes.repeat(RawFrame.ping(RawFrame.SYN, 7), 5000);
        try (RawPeer peer = scene.atRelay()) {
            Thread writer = Thread.ofVirtual().start(() -> {
                try {
                    for (int sent = 0; sent < PINGS; sent += 5000) {
                        peer.secure().write(many);
                    }
                } catch (IOException closed) {
                    // One of the ways for it to end.
                }
            });
            writer.join(Sight.FLOOD);
            assertThat(Vitals.rssKib(scene.relay().pid()) - before)
                    .as("KiB more")
                    .isLessThan(MOST_KIB);
            assertThat(peer.socket().sent())
                    .as("bytes of pings that were taken")
                    .isLessThan(PINGS * 12L);
        }
    }

    private static void flags(Scene scene) throws Exception {
        try (RawPeer peer = scene.atRelay()) {
            int id = peer.muxer().takeId();
            byte[] request =
                    Bytes.join(Multistream.line(Multistream.HEADER), Multistream.line(RawPeer.PING), Bytes.junk(32));
            peer.secure().write(RawFrame.data(RawFrame.SYN, id, request));
            peer.secure().write(RawFrame.data(RawFrame.FIN, id));
            List<RawFrame.Header> seen = new ArrayList<>();
            while (seen.stream().noneMatch(header -> header.stream() == id && (header.flags() & RawFrame.FIN) != 0)
                    || seen.stream().noneMatch(header -> header.flags() == RawFrame.SYN)) {
                seen.add(RawFrame.next(peer.secure()));
            }
            int refused = peer.muxer().takeId();
            peer.secure().write(RawFrame.data(RawFrame.SYN, refused, new byte[100]));
            while (seen.stream()
                    .noneMatch(header -> header.stream() == refused && (header.flags() & RawFrame.RST) != 0)) {
                seen.add(RawFrame.next(peer.secure()));
            }
            assertThat(seen)
                    .filteredOn(header -> header.type() != RawFrame.PING)
                    .allMatch(header -> header.flags() == RawFrame.NONE || header.type() == RawFrame.WINDOW)
                    .anyMatch(header -> header.flags() == RawFrame.ACK);
        }
        interleaved(scene);
    }

    /** Thirty-two streams that write in turns. */
    private static void interleaved(Scene scene) throws Exception {
        try (RawPeer peer = scene.atDaemon()) {
            List<RawStream> streams = new ArrayList<>();
            for (int each = 0; each < 32; each++) {
                streams.add(peer.muxer().open(scene.service().protocol()));
                Service.echo(scene.service().next());
            }
            for (int piece = 0; piece < 50; piece++) {
                for (RawStream stream : streams) {
                    stream.write(Bytes.junk(1000 + stream.id()));
                }
            }
            for (RawStream stream : streams) {
                stream.finish();
                assertThat(stream.readAll()).isEqualTo(Bytes.repeat(Bytes.junk(1000 + stream.id()), 50));
            }
        }
    }

    private static void standstill(Scene scene) throws Exception {
        byte[] content = Bytes.junk(STALLED_BYTES);
        try (RawPeer peer = scene.atDaemon()) {
            RawStream stream = peer.muxer().open(scene.service().protocol());
            peer.secure().write(RawFrame.window(RawFrame.NONE, stream.id(), 2 * STALLED_BYTES));
            var service = scene.service().next();
            Thread.ofVirtual().start(() -> {
                try (service) {
                    service.getOutputStream().write(content);
                } catch (IOException broken) {
                    // Then the reader misses bytes.
                }
            });
            TimeUnit.SECONDS.sleep(STALL_SECONDS);
            peer.muxer().beSilent();
            assertThat(stream.read(STALLED_BYTES)).isEqualTo(content);
        }
    }

    private static void nobodysStreams(Scene scene) throws Exception {
        long before = Vitals.rssKib(scene.relay().pid());
        try (RawPeer peer = scene.atRelay()) {
            byte[][] frames = new byte[5000][];
            for (int round = 0; round < 20; round++) {
                for (int at = 0; at < frames.length; at += 5) {
                    int id = 1_000_001 + 2 * (round * frames.length + at);
                    frames[at] = RawFrame.window(RawFrame.NONE, id, 100);
                    frames[at + 1] = RawFrame.data(RawFrame.NONE, id + 2, new byte[100]);
                    frames[at + 2] = RawFrame.data(RawFrame.FIN, id + 1, new byte[1]);
                    frames[at + 3] = RawFrame.window(RawFrame.RST, id + 4, 0);
                    frames[at + 4] = RawFrame.ping(RawFrame.ACK, id);
                }
                peer.secure().write(Bytes.join(frames));
            }
            Sight.goesOn(peer);
            assertThat(Vitals.rssKib(scene.relay().pid()) - before)
                    .as("KiB more")
                    .isLessThan(MOST_KIB);
        }
    }

    /** The reader of the peer's stalled protocol stands still; sixteen streams are four MiB of content. */
    private static void crumbs(Scene scene) throws Exception {
        Vitals before = scene.peer().vitals();
        byte[] crumb = new byte[1];
        try (RawPeer peer = scene.atPeer()) {
            for (int each = 0; each < 16; each++) {
                RawStream stream = peer.muxer().open(STALL);
                byte[] crumbs = Bytes.repeat(RawFrame.data(RawFrame.NONE, stream.id(), crumb), 4096);
                for (int sent = 0; sent + 4096 < INITIAL_WINDOW - 100; sent += 4096) {
                    peer.secure().write(crumbs);
                }
            }
            Sight.goesOn(peer);
            Vitals now = scene.peer().vitals();
            assertThat(now.heapKib() - before.heapKib() + now.directKib() - before.directKib())
                    .as("KiB that hold 4096 KiB of crumbs")
                    .isLessThan(4 * 4096);
        }
    }
}
