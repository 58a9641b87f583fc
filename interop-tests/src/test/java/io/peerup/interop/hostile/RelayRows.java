package io.peerup.interop.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerup.testkit.hostile.Bytes;
import io.peerup.testkit.hostile.Multistream;
import io.peerup.testkit.hostile.Proto;
import io.peerup.testkit.hostile.RawIdentity;
import io.peerup.testkit.hostile.RawPeer;
import io.peerup.testkit.hostile.RawSocket;
import io.peerup.testkit.hostile.RawStream;
import io.peerup.testkit.hostile.Varint;
import io.peerup.wire.PeerId;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A relay that is attacked, and a relay that attacks. */
final class RelayRows {
    /** Reservations of the peers behind one address. */
    static final int PER_ADDRESS = 8;

    private static final int REFUSED = 200;
    private static final int NO_ROOM = 201;
    private static final int DENIED = 202;
    private static final int NO_RESERVATION = 204;
    private static final int MALFORMED = 400;
    private static final int CIRCUITS_OF_ONE_PEER = 16;
    private static final long YEAR_9999 = 253_402_300_799L;
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Duration WATCHED = Duration.ofSeconds(2);
    private static final int MOST_REQUESTS = 12;

    private RelayRows() {}

    static List<Row> rows() {
        return List.of(
                row("A18", "lengths that no message of a relay has", "malformed, or reset", RelayRows::lengths),
                row(
                                "A19",
                                "a relay that grants until the end of time",
                                "asked no more often than an honest one",
                                scene -> expiries(scene, Long.MAX_VALUE, -1))
                        .inASiege(Row.Part.WAITS),
                row("A20", "addresses of no bytes", "malformed, or reset", RelayRows::elements),
                row("A22", "circuits to whoever cannot have one", "a status for each", RelayRows::destinations),
                row(
                                "A23",
                                "a relay that grants until yesterday, or the year 9999",
                                "no loop without a pause",
                                scene -> expiries(scene, 0, 1, System.currentTimeMillis() / 1000 - 86_400, YEAR_9999))
                        .inASiege(Row.Part.WAITS),
                row("C-relay", "more bytes than a session may have", "cut at the byte", RelayRows::bytes)
                        .inASiege(Row.Part.NONE),
                row("C-relay", "more reservations than one address may have", "refused", RelayRows::reservations),
                row("C-relay", "more circuits than one peer may have", "refused", RelayRows::circuits));
    }

    private static Row row(String id, String title, String expected, Row.Attack attack) {
        return new Row(id, title, Group.RELAY, expected, attack);
    }

    private static void lengths(Scene scene) throws Exception {
        for (byte[] length : Varint.badLengths(4096, 2)) {
            try (RawPeer peer = scene.atRelay()) {
                RawStream stream = peer.muxer().open(Hop.PROTOCOL);
                stream.write(Bytes.join(length, Bytes.junk(100)));
                refused(peer, stream);
            }
        }
    }

    private static void elements(Scene scene) throws Exception {
        byte[] peerId = scene.cast().honest().peerId();
        byte[] crowded = Bytes.join(Proto.bytes(1, peerId), Bytes.repeat(Proto.bytes(2), 1900));
        try (RawPeer peer = scene.atRelay()) {
            for (int round = 0; round < 50; round++) {
                RawStream stream = peer.muxer().open(Hop.PROTOCOL);
                stream.write(Proto.delimited(Bytes.join(Proto.number(1, 1), Proto.bytes(2, crowded))));
                refused(peer, stream);
            }
        }
    }

    private static void destinations(Scene scene) throws Exception {
        RawIdentity friend = scene.cast().friends().getFirst();
        byte[] relay = PeerId.parse(scene.relay().peerId()).bytes();
        try (RawPeer peer = scene.atRelay();
                RawPeer connected = scene.relay().dial(friend)) {
            connected.ping();
            assertThat(Hop.ask(peer, Hop.connect(friend.peerId()))).isEqualTo(NO_RESERVATION);
            assertThat(Hop.ask(peer, Hop.connect(RawIdentity.generate().peerId())))
                    .isEqualTo(NO_RESERVATION);
            assertThat(Hop.ask(peer, Hop.connect(relay))).isIn((long) NO_RESERVATION, (long) DENIED);
            assertThat(Hop.ask(peer, Hop.connect(scene.cast().attacker().peerId())))
                    .isIn((long) NO_RESERVATION, (long) DENIED);
            assertThat(Hop.ask(peer, Hop.connect(new byte[0]))).isEqualTo(MALFORMED);
            assertThat(Hop.ask(peer, Hop.connect(Bytes.junk(40)))).isEqualTo(MALFORMED);
            Sight.goesOn(peer);
        }
        gone(scene, friend);
    }

    /** A reservation ends with its connection. */
    private static void gone(Scene scene, RawIdentity friend) throws Exception {
        try (RawPeer peer = scene.atRelay()) {
            try (RawPeer reserved = scene.relay().dial(friend)) {
                assertThat(Hop.ask(reserved, Hop.reserve())).isEqualTo(Hop.OK);
            }
            long until = System.nanoTime() + Sight.AT_ONCE.toNanos();
            while (Hop.ask(peer, Hop.connect(friend.peerId())) != NO_RESERVATION) {
                assertThat(System.nanoTime()).as("the reservation stays").isLessThan(until);
            }
        }
    }

    private static void bytes(Scene scene) throws Exception {
        RawIdentity friend = scene.cast().friends().getFirst();
        try (RawPeer destination = scene.relay().dial(friend);
                RawPeer source = scene.atRelay()) {
            assertThat(Hop.ask(destination, Hop.reserve())).isEqualTo(Hop.OK);
            RawStream there = source.muxer().open(Hop.PROTOCOL);
            there.write(Proto.delimited(Hop.connect(friend.peerId())));
            RawStream here = Hop.accept(destination);
            assertThat(Proto.number(Proto.readDelimited(there), 5)).isEqualTo(Hop.OK);
            byte[] content = Bytes.junk(Scene.SESSION_BYTES);
            there.write(content);
            assertThat(here.read(Scene.SESSION_BYTES)).isEqualTo(content);
            there.write(Bytes.junk(1000));
            assertThat(beyond(here)).as("bytes beyond the limit").isZero();
        }
    }

    private static int beyond(RawStream stream) throws IOException {
        try {
            return stream.readAll().length;
        } catch (RawStream.WasReset reset) {
            return 0;
        }
    }

    private static void reservations(Scene scene) throws Exception {
        List<RawPeer> peers = new ArrayList<>();
        List<Long> answers = new ArrayList<>();
        try {
            for (RawIdentity friend : scene.cast().friends()) {
                RawPeer peer = scene.relay().dial(friend);
                peers.add(peer);
                answers.add(Hop.ask(peer, Hop.reserve()));
            }
            assertThat(answers).containsOnly((long) Hop.OK, (long) REFUSED);
            assertThat(answers).filteredOn(answer -> answer == Hop.OK).hasSize(PER_ADDRESS);
        } finally {
            for (RawPeer peer : peers) {
                peer.close();
            }
        }
    }

    private static void circuits(Scene scene) throws Exception {
        RawIdentity friend = scene.cast().friends().getFirst();
        try (RawPeer destination = scene.relay().dial(friend);
                RawPeer source = scene.atRelay()) {
            assertThat(Hop.ask(destination, Hop.reserve())).isEqualTo(Hop.OK);
            for (int each = 0; each < CIRCUITS_OF_ONE_PEER; each++) {
                RawStream circuit = source.muxer().open(Hop.PROTOCOL);
                circuit.write(Proto.delimited(Hop.connect(friend.peerId())));
                Hop.accept(destination);
                assertThat(Proto.number(Proto.readDelimited(circuit), 5)).isEqualTo(Hop.OK);
            }
            assertThat(Hop.ask(source, Hop.connect(friend.peerId()))).isEqualTo(NO_ROOM);
        }
    }

    private static void expiries(Scene scene, long... expiries) throws Exception {
        for (long expiry : expiries) {
            AtomicInteger requests = new AtomicInteger();
            relayWhileWatched(scene, expiry, requests);
            assertThat(requests.get())
                    .as("requests for a reservation until " + expiry)
                    .isBetween(1, MOST_REQUESTS);
        }
    }

    /** A relay that grants, connection after connection, while it is watched. */
    private static void relayWhileWatched(Scene scene, long expiry, AtomicInteger requests) {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < until) {
            try (RawSocket socket = scene.trap().acceptNew();
                    RawPeer peer = scene.trap().answer(socket)) {
                socket.endAfter(Duration.ofNanos(until - System.nanoTime()));
                while (true) {
                    RawStream stream = peer.muxer().accept();
                    switch (Multistream.answer(stream)) {
                        case Hop.PROTOCOL -> {
                            Proto.readDelimited(stream);
                            if (requests.getAndIncrement() == 0) {
                                until = System.nanoTime() + WATCHED.toNanos();
                                socket.endAfter(WATCHED);
                            }
                            stream.write(Proto.delimited(Hop.granted(expiry)));
                            stream.finish();
                        }
                        case Identify.PROTOCOL -> {
                            stream.write(Proto.delimited(Identify.speaking(Hop.PROTOCOL)));
                            stream.finish();
                        }
                        default -> stream.reset();
                    }
                }
            } catch (IOException next) {
                // The daemon has left, or the time is up.
            }
        }
    }

    private static void refused(RawPeer peer, RawStream stream) throws IOException {
        try {
            assertThat(Proto.number(Proto.readDelimited(stream), 5)).isEqualTo(MALFORMED);
            stream.finish();
        } catch (RawStream.WasReset reset) {
            assertThat(reset.code()).isEqualTo(Sight.VIOLATION);
        }
        Sight.goesOn(peer);
    }
}
