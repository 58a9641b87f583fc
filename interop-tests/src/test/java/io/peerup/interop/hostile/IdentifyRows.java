package io.peerup.interop.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerup.testkit.hostile.Bytes;
import io.peerup.testkit.hostile.Multistream;
import io.peerup.testkit.hostile.Proto;
import io.peerup.testkit.hostile.RawIdentity;
import io.peerup.testkit.hostile.RawPeer;
import io.peerup.testkit.hostile.RawStream;
import io.peerup.testkit.hostile.Varint;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Identify and its push: what a peer says of itself, and of others. */
final class IdentifyRows {
    private static final int TRUE_PORT = 1001;
    private static final int FALSE_PORT = 1002;
    private static final int PUSHES = 1000;
    private static final int BOOK_PER_PEER = 64;
    private static final int STRANGERS = 30;
    private static final long MOST_KIB = 64 << 10;

    private IdentifyRows() {}

    static List<Row> rows() {
        return List.of(
                row("A2", "a record about somebody else", "not believed", IdentifyRows::recordOfAnother),
                row("A5", "a record that somebody else has signed", "not believed", IdentifyRows::signedByAnother),
                row("A7", "thousands of records", "at most 64 addresses of a peer, memory flat", IdentifyRows::records),
                row("A9", "eleven messages, and 1025 protocols", "reset", IdentifyRows::chunks),
                row("A18", "lengths that no message of identify has", "reset", IdentifyRows::lengths),
                row("A20", "elements of two bytes", "reset, memory flat", IdentifyRows::elements),
                row("A30", "addresses that are none", "passed over", IdentifyRows::addresses),
                row(
                        "B18",
                        "groups in groups, and fields again and again",
                        "groups are reset, memory flat",
                        IdentifyRows::groups));
    }

    private static Row row(String id, String title, String expected, Row.Attack attack) {
        return new Row(id, title, Group.IDENTIFY, expected, attack);
    }

    private static void recordOfAnother(Scene scene) throws Exception {
        RawIdentity me = scene.cast().attacker();
        RawIdentity victim = scene.cast().friends().getFirst();
        try (RawPeer peer = scene.atPeer()) {
            requireBelieved(scene, peer, me);
            requireNotBelieved(scene, peer, Identify.record(me, victim.peerId(), 2, Identify.address(FALSE_PORT)));
            requireBelieved(scene, peer, me);
            assertThat(known(scene, victim)).isEmpty();
        }
    }

    private static void signedByAnother(Scene scene) throws Exception {
        RawIdentity me = scene.cast().attacker();
        RawIdentity other = scene.cast().friends().getFirst();
        try (RawPeer peer = scene.atPeer()) {
            requireBelieved(scene, peer, me);
            requireNotBelieved(scene, peer, Identify.record(other, me.peerId(), 4, Identify.address(FALSE_PORT)));
            requireNotBelieved(scene, peer, Identify.record(other, other.peerId(), 5, Identify.address(FALSE_PORT)));
            requireNotBelieved(
                    scene,
                    peer,
                    Bytes.join(Proto.bytes(1, other.publicKey()), Identify.listening(Identify.address(FALSE_PORT))));
            requireBelieved(scene, peer, me);
            assertThat(known(scene, other)).isEmpty();
        }
    }

    private static void records(Scene scene) throws Exception {
        long before = Vitals.rssKib(scene.peer().pid());
        RawIdentity me = scene.cast().attacker();
        try (RawPeer peer = scene.atPeer()) {
            for (int push = 0; push < PUSHES; push++) {
                Identify.push(peer, Identify.record(me, me.peerId(), 10 + push, Identify.address(2000 + push)))
                        .readAll();
            }
            assertThat(known(scene, me)).hasSizeLessThanOrEqualTo(BOOK_PER_PEER);
        }
        for (int each = 0; each < STRANGERS; each++) {
            RawIdentity stranger = RawIdentity.generate();
            try (RawPeer peer = scene.peer().dial(stranger)) {
                byte[][] addresses = new byte[400][];
                for (int at = 0; at < addresses.length; at++) {
                    addresses[at] = Identify.listening(Identify.address(3000 + at));
                }
                Identify.push(peer, Bytes.join(addresses)).readAll();
                assertThat(known(scene, stranger)).hasSizeLessThanOrEqualTo(BOOK_PER_PEER);
            }
        }
        assertThat(Vitals.rssKib(scene.peer().pid()) - before).as("KiB more").isLessThan(MOST_KIB);
    }

    private static void chunks(Scene scene) throws Exception {
        try (RawPeer peer = scene.atPeer()) {
            byte[][] eleven = new byte[11][];
            for (int at = 0; at < eleven.length; at++) {
                eleven[at] = Identify.speaking("/a/" + at);
            }
            Sight.reset(peer, Identify.push(peer, eleven), Sight.VIOLATION);
            byte[][] names = new byte[1025][];
            for (int at = 0; at < names.length; at++) {
                names[at] = Identify.speaking("/" + at);
            }
            Sight.reset(peer, Identify.push(peer, Bytes.join(names)), Sight.VIOLATION);
        }
    }

    private static void lengths(Scene scene) throws Exception {
        for (byte[] length : Varint.badLengths(8192, 5)) {
            try (RawPeer peer = scene.atPeer()) {
                RawStream stream = peer.muxer().open(Identify.PUSH);
                stream.write(Bytes.join(length, Bytes.junk(100)));
                Sight.reset(peer, stream, Sight.VIOLATION);
            }
            try (RawPeer peer = scene.atPeer()) {
                RawStream asked = answerIdentify(peer);
                asked.write(Bytes.join(length, Bytes.junk(100)));
                Sight.reset(peer, asked, Sight.VIOLATION);
            }
        }
    }

    private static void elements(Scene scene) throws Exception {
        long before = Vitals.rssKib(scene.peer().pid());
        try (RawPeer peer = scene.atPeer()) {
            for (int field : new int[] {2, 3}) {
                byte[] message = Bytes.repeat(Proto.bytes(field), 4000);
                for (int round = 0; round < 100; round++) {
                    Sight.reset(peer, Identify.push(peer, message), Sight.VIOLATION);
                }
            }
        }
        assertThat(Vitals.rssKib(scene.peer().pid()) - before).as("KiB more").isLessThan(MOST_KIB);
    }

    private static void addresses(Scene scene) throws Exception {
        byte[] onion = Bytes.join(Varint.of(444), new byte[] {1, 2, 3});
        byte[] onion3 = Bytes.join(Varint.of(445), new byte[4]);
        byte[] circuits = Bytes.repeat(Varint.of(290), 200);
        byte[] longPeer = Bytes.join(Varint.of(421), Varint.of(Integer.MAX_VALUE), new byte[10]);
        byte[] shortPeer = Bytes.join(Varint.of(421), Varint.of(2), new byte[] {0, 0});
        byte[] unknown = Varint.of(Long.MAX_VALUE);
        RawIdentity me = scene.cast().attacker();
        try (RawPeer peer = scene.atPeer()) {
            List<byte[]> all = new ArrayList<>();
            for (byte[] bad : List.of(onion, onion3, circuits, longPeer, shortPeer, unknown, new byte[0])) {
                all.add(Identify.listening(bad));
            }
            all.add(Identify.listening(Identify.address(TRUE_PORT)));
            Identify.push(peer, Bytes.join(all.toArray(byte[][]::new))).readAll();
            requireKnown(scene, me, TRUE_PORT);
            assertThat(known(scene, me)).noneMatch(address -> address.contains("onion"));
            Sight.goesOn(peer);
        }
    }

    private static void groups(Scene scene) throws Exception {
        try (RawPeer peer = scene.atPeer()) {
            byte[] nested = Bytes.repeat(Proto.startGroup(100), 4000);
            Sight.reset(peer, Identify.push(peer, nested), Sight.VIOLATION);
            byte[] again = Bytes.repeat(Proto.bytes(6, Bytes.text("a/1")), 1600);
            Identify.push(peer, again).readAll();
            Sight.goesOn(peer);
        }
    }

    /** Waits for the peer to ask who we are. */
    static RawStream answerIdentify(RawPeer peer) throws IOException {
        while (true) {
            RawStream asked = peer.muxer().accept();
            if (Multistream.answer(asked).equals(Identify.PROTOCOL)) {
                return asked;
            }
            asked.reset();
        }
    }

    /** The truth, told well: the control of what is not believed. */
    private static void requireBelieved(Scene scene, RawPeer peer, RawIdentity me) throws Exception {
        Identify.push(peer, Identify.record(me, me.peerId(), 1, Identify.address(TRUE_PORT)))
                .readAll();
        requireKnown(scene, me, TRUE_PORT);
    }

    private static void requireNotBelieved(Scene scene, RawPeer peer, byte[] lie) throws Exception {
        Identify.push(peer, lie).readAll();
        for (int look = 0; look < 5; look++) {
            assertThat(known(scene, scene.cast().attacker())).noneMatch(address -> address.endsWith("/" + FALSE_PORT));
            TimeUnit.MILLISECONDS.sleep(20);
        }
        Sight.goesOn(peer);
    }

    private static void requireKnown(Scene scene, RawIdentity who, int port) throws Exception {
        long until = System.nanoTime() + Sight.AT_ONCE.toNanos();
        while (known(scene, who).stream().noneMatch(address -> address.endsWith("/" + port))) {
            assertThat(System.nanoTime()).as("nobody believes " + port).isLessThan(until);
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    private static List<String> known(Scene scene, RawIdentity who) throws Exception {
        return scene.control().run("addresses", Map.of("peer", who.name())).getAsJsonArray("addrs").asList().stream()
                .map(address -> address.getAsString())
                .toList();
    }
}
