package io.peerup.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.peerup.circuitrelay.RelayLimits;
import io.peerup.swarm.CloseReason;
import io.peerup.swarm.Connection;
import io.peerup.swarm.ConnectionLimit;
import io.peerup.testkit.Patience;
import io.peerup.testkit.process.GoVersion;
import io.peerup.wire.PeerId;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** What becomes of a circuit at its limits: the relay's counting as go sees it, and how our own side ends. */
final class CircuitLimits {
    static final long DATA_BYTES = 64 << 10;
    static final Duration DURATION = Duration.ofSeconds(8);

    private static final long MUCH_LONGER_SECONDS = 600;
    private static final CloseReason DATA_REACHED = new CloseReason.RelayLimitReached("64 KiB per direction");
    private static final CloseReason TIME_REACHED = new CloseReason.RelayLimitReached("8 s");

    private CircuitLimits() {}

    static RelayLimits ofData(long bytes) {
        return limits(Duration.ofSeconds(MUCH_LONGER_SECONDS), bytes);
    }

    static RelayLimits ofTime(Duration duration) {
        return limits(duration, 1 << 30);
    }

    /** Both ends are go's and count: what is under the limit arrives whole, of more arrives the limit, to the byte. */
    static void goCountsEveryByte(RelayPeer relay, GoVersion version) throws Exception {
        try (GoRelayPeer destination = GoRelayPeer.start(version);
                GoRelayPeer source = GoRelayPeer.start(version)) {
            requireOk(destination.reserve(relay).isOk());
            source.connect(relay);
            for (long sent : new long[] {DATA_BYTES - 1, DATA_BYTES, DATA_BYTES + 1, 2 * DATA_BYTES}) {
                destination.process().run("stop-raw", Map.of("bytes", sent));
                JsonObject atSource = source.process()
                        .run("circuit-raw", Map.of("relay", relay.id(), "peer", destination.id(), "bytes", sent));
                JsonObject atDestination = event(destination, "raw-circuit", source.id());
                assertThat(atSource.get("dataBytes").getAsLong()).isEqualTo(DATA_BYTES);
                requireReceived(Math.min(sent, DATA_BYTES), atSource);
                requireReceived(Math.min(sent, DATA_BYTES), atDestination);
            }
        }
    }

    /** A libp2p connection of go's over our relay ends when its bytes are used up, for go without a fault of its own. */
    static void goIsCutOff(RelayPeer relay, GoVersion version) throws Exception {
        try (GoRelayPeer destination = GoRelayPeer.start(version);
                GoRelayPeer source = GoRelayPeer.start(version)) {
            requireOk(destination.reserve(relay).isOk());
            requireOk(source.reach(destination.id(), relay).isOk());
            source.exercise(destination.id(), 10_000);
            assertThat(SpineCell.failure(
                            () -> source.process().run("upload", Map.of("peer", destination.id(), "bytes", 1_000_000))))
                    .doesNotContain("it worked");
            event(source, "disconnected", destination.id());
            event(destination, "disconnected", source.id());
        }
    }

    /** go sees a circuit over our relay end when its time is over, which is not before {@code least}. */
    static void goSeesTheTimeEnd(RelayPeer relay, GoVersion version, Duration least) throws Exception {
        try (GoRelayPeer destination = GoRelayPeer.start(version);
                GoRelayPeer source = GoRelayPeer.start(version)) {
            requireOk(destination.reserve(relay).isOk());
            long before = System.nanoTime();
            requireOk(source.reach(destination.id(), relay).isOk());
            source.exercise(destination.id(), 10_000);
            event(source, "disconnected", destination.id());
            event(destination, "disconnected", source.id());
            assertThat(System.nanoTime() - before).as("ns until the end").isGreaterThanOrEqualTo(least.toNanos());
        }
    }

    /** We dial through a relay with a limit of data, and send too much. */
    static void weDialAndSendTooMuch(RelayPeer relay, Stack other) throws Exception {
        try (RelayPeer destination = other.start();
                OurRelayPeer we = OurRelayPeer.start()) {
            requireOk(destination.reserve(relay).isOk());
            requireOk(we.reach(destination.id(), relay).isOk());
            Connection circuit = limited(we, destination.id());
            we.exercise(destination.id(), 5_000);
            StreamIo stream = we.peer().open(destination.id(), TestProtocols.SINK);
            assertThat(SpineCell.failure(() -> {
                        stream.write(TestProtocols.sendRandom(stream, 1_000_000));
                        stream.finish();
                        return stream.readFully(32);
                    }))
                    .doesNotContain("it worked");
            assertThat(stream.closed()).isEqualTo(DATA_REACHED);
            assertThat(end(circuit)).isEqualTo(DATA_REACHED);
        }
    }

    /** Somebody dials us through a relay with a limit of data, and sends too much. */
    static void weAreDialedAndReceiveTooMuch(RelayPeer relay, Stack other) throws Exception {
        try (OurRelayPeer we = OurRelayPeer.start();
                RelayPeer source = other.start()) {
            requireOk(we.reserve(relay).isOk());
            requireOk(source.reach(we.id(), relay).isOk());
            source.exercise(we.id(), 5_000);
            Connection circuit = limited(we, source.id());
            assertThat(SpineCell.failure(() -> {
                        source.exercise(we.id(), 1_000_000);
                        return true;
                    }))
                    .doesNotContain("it worked");
            assertThat(end(circuit)).isEqualTo(DATA_REACHED);
        }
    }

    /** Our end of a circuit, dialed or accepted, when its time is over. */
    static void ourTimeEnds(RelayPeer relay, Stack other, Pair.Dialer dialer) throws Exception {
        try (OurRelayPeer we = OurRelayPeer.start();
                RelayPeer they = other.start()) {
            RelayPeer source = dialer == Pair.Dialer.JAVA ? we : they;
            RelayPeer destination = dialer == Pair.Dialer.JAVA ? they : we;
            requireOk(destination.reserve(relay).isOk());
            requireOk(source.reach(destination.id(), relay).isOk());
            source.exercise(destination.id(), 10_000);
            assertThat(end(we.connection(they.id()))).isEqualTo(TIME_REACHED);
        }
    }

    private static Connection limited(OurRelayPeer we, PeerId other) {
        Connection circuit = we.connection(other);
        assertThat(circuit.limit().flatMap(ConnectionLimit::dataBytes)).contains(DATA_BYTES);
        return circuit;
    }

    private static CloseReason end(Connection circuit) throws Exception {
        return circuit.closed().toCompletableFuture().get(Patience.SECONDS, TimeUnit.SECONDS);
    }

    private static JsonObject event(GoRelayPeer peer, String name, PeerId about) throws InterruptedException {
        return peer.process()
                .event(name, event -> event.get("peer").getAsString().equals(about.toString()), Patience.SECONDS);
    }

    private static void requireReceived(long bytes, JsonObject traffic) {
        assertThat(traffic.get("received").getAsLong()).as(traffic.toString()).isEqualTo(bytes);
        assertThat(traffic.get("intact").getAsBoolean()).as(traffic.toString()).isTrue();
        assertThat(traffic.get("eof").getAsBoolean()).as(traffic.toString()).isTrue();
    }

    private static void requireOk(boolean ok) {
        assertThat(ok).as("the circuit comes about").isTrue();
    }

    private static RelayLimits limits(Duration duration, long bytes) {
        return RelayLimits.defaults()
                .withCircuits(16, Optional.of(new ConnectionLimit(Optional.of(duration), Optional.of(bytes))));
    }
}
