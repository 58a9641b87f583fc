package io.peerup.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import io.peerup.circuitrelay.RelayLimits;
import io.peerup.circuitrelay.StatusCode;
import io.peerup.interop.Pair.Dialer;
import io.peerup.swarm.ConnectionLimit;
import io.peerup.testkit.process.GoVersion;
import io.peerup.testkit.process.PeerProcess;
import io.peerup.testkit.process.Requirements;
import io.peerup.wire.RelayVoucher;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Circuit relay against go-libp2p, which is the relay, the destination or the source. */
class GoRelayTest {
    private static final Matrix MATRIX = new Matrix();
    private static final long BULK_BYTES = 1_000_000;
    private static final RelayLimits ROOMY = RelayLimits.defaults()
            .withCircuits(
                    16, Optional.of(new ConnectionLimit(Optional.of(Duration.ofMinutes(2)), Optional.of(1L << 30))));
    private static final RelayLimits IMPATIENT = new RelayLimits(
            128,
            8,
            16,
            Duration.ofHours(1),
            Optional.empty(),
            128 << 10,
            Duration.ofSeconds(10),
            Duration.ofSeconds(1),
            Duration.ofSeconds(1));
    private static final RelayLimits UNLIMITED = RelayLimits.defaults().withCircuits(16, Optional.empty());

    @BeforeAll
    static void declare() {
        Requirements.go();
        declareCircuits();
        declareRefusals();
        for (GoVersion version : GoVersion.values()) {
            MATRIX.declare("refusal: destination is silent, ours to " + version, () -> destinationIsSilent(version));
        }
        declareLimits();
        for (Stack go : List.of(Stack.GO_V0_47, Stack.GO_V0_51)) {
            MATRIX.declare("voucher: ours, verified by " + go, () -> {
                try (RelayPeer relay = Stack.OURS.startRelay(ROOMY)) {
                    goVerifiesTheVoucher(relay, go);
                }
            });
            MATRIX.declare("voucher: of " + go + ", verified by us", () -> {
                try (RelayPeer relay = go.startRelay(ROOMY)) {
                    weVerifyTheVoucher(relay);
                }
            });
        }
    }

    /** Every relay, destination and source, if one of the three is ours and one is go's. */
    private static void declareCircuits() {
        for (Stack relay : Stack.values()) {
            for (Stack destination : Stack.values()) {
                for (Stack source : Stack.values()) {
                    List<Stack> all = List.of(relay, destination, source);
                    if (all.contains(Stack.OURS) && all.stream().anyMatch(each -> each != Stack.OURS)) {
                        MATRIX.declare("circuit: " + source + " over " + relay + " to " + destination, () -> {
                            try (RelayPeer started = relay.startRelay(ROOMY)) {
                                circuit(started, destination, source);
                            }
                        });
                    }
                }
            }
            MATRIX.declare("circuit without limits over " + relay, () -> {
                try (RelayPeer started = relay.startRelay(UNLIMITED)) {
                    circuit(started, Stack.OURS, Stack.GO_V0_51);
                }
            });
        }
    }

    private static void declareRefusals() {
        for (Stack go : List.of(Stack.GO_V0_47, Stack.GO_V0_51)) {
            for (Refusal refusal : Refusal.values()) {
                MATRIX.declare("refusal: " + refusal + ", ours to " + go, () -> refused(refusal, Stack.OURS, go));
                MATRIX.declare("refusal: " + refusal + ", of " + go + " to us", () -> refused(refusal, go, Stack.OURS));
            }
        }
    }

    private static void declareLimits() {
        for (GoVersion version : GoVersion.values()) {
            declareLimit("data, counted by " + version, Stack.OURS, ofData(), relay -> {
                CircuitLimits.goCountsEveryByte(relay, version);
            });
            declareLimit("data, a connection of " + version, Stack.OURS, ofData(), relay -> {
                CircuitLimits.goIsCutOff(relay, version);
            });
            declareLimit("time, seen by " + version, Stack.OURS, ofTime(), relay -> {
                CircuitLimits.goSeesTheTimeEnd(relay, version, CircuitLimits.DURATION);
            });
        }
        for (Stack go : List.of(Stack.GO_V0_47, Stack.GO_V0_51)) {
            for (Stack other : List.of(Stack.OURS, go)) {
                String between = "we and " + other + " over " + go;
                declareLimit("data, dialed by us, " + between, go, ofData(), relay -> {
                    CircuitLimits.weDialAndSendTooMuch(relay, other);
                });
                declareLimit("data, dialed by them, " + between, go, ofData(), relay -> {
                    CircuitLimits.weAreDialedAndReceiveTooMuch(relay, other);
                });
                for (Dialer dialer : Dialer.values()) {
                    declareLimit("time, dialer " + dialer + ", " + between, go, ofTime(), relay -> {
                        CircuitLimits.ourTimeEnds(relay, other, dialer);
                    });
                }
            }
        }
    }

    private interface WithRelay {
        void run(RelayPeer relay) throws Exception;
    }

    private static void declareLimit(String name, Stack relay, RelayLimits limits, WithRelay story) {
        MATRIX.declare("limit of " + name, () -> {
            try (RelayPeer started = relay.startRelay(limits)) {
                story.run(started);
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> cells() {
        return MATRIX.tests();
    }

    @AfterAll
    static void everyDeclaredCellRan() {
        MATRIX.requireAllRan();
    }

    // ── the twins: each cell must fail with a relay that does one thing wrong ──

    @Test
    void aRelayThatFlipsABitTurnsTheCircuitsRed() throws Exception {
        for (Stack other : Stack.values()) {
            try (RelayPeer relay = Saboteur.FLIPS_A_BIT.start(ROOMY)) {
                assertThatThrownBy(() -> circuit(relay, other, Stack.GO_V0_51)).isInstanceOf(PeerProcess.Failed.class);
            }
        }
        try (RelayPeer relay = Saboteur.FLIPS_A_BIT.start(CircuitLimits.ofData(CircuitLimits.DATA_BYTES))) {
            assertThatThrownBy(() -> CircuitLimits.goCountsEveryByte(relay, GoVersion.V0_51))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("\"intact\":false");
        }
    }

    @Test
    void aRelayThatRefusesInOtherWordsTurnsTheRefusalsRed() throws Exception {
        for (Refusal refusal : List.of(
                Refusal.NO_RESERVATION,
                Refusal.RESERVATIONS_IN_ALL,
                Refusal.CIRCUITS_OF_THE_SOURCE,
                Refusal.MAY_NOT_CONNECT,
                Refusal.CIRCUIT_TO_ITSELF)) {
            for (Stack asker : List.of(Stack.GO_V0_51, Stack.OURS)) {
                assertThat(refusal.provoke(Saboteur.REFUSES_WRONGLY::start, asker))
                        .as("%s to %s", refusal, asker)
                        .isNotEqualTo(refusal.expectedFrom(Stack.OURS));
            }
        }
    }

    @Test
    void aByteTooMuchTurnsTheDataLimitRed() throws Exception {
        try (RelayPeer relay = Stack.OURS.startRelay(CircuitLimits.ofData(CircuitLimits.DATA_BYTES + 1))) {
            assertThatThrownBy(() -> CircuitLimits.goCountsEveryByte(relay, GoVersion.V0_51))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("65537");
        }
    }

    @Test
    void tooLittleTurnsTheTimeLimitRed() throws Exception {
        try (RelayPeer relay = Stack.OURS.startRelay(ofTime())) {
            Duration more = Duration.ofMinutes(10);
            assertThatThrownBy(() -> CircuitLimits.goSeesTheTimeEnd(relay, GoVersion.V0_51, more))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("ns until the end");
        }
    }

    @Test
    void aRelayThatHangsUpIsNotMistakenForALimit() throws Exception {
        try (RelayPeer relay = Saboteur.HANGS_UP.start(CircuitLimits.ofData(CircuitLimits.DATA_BYTES))) {
            assertThatThrownBy(() -> CircuitLimits.weAreDialedAndReceiveTooMuch(relay, Stack.GO_V0_51))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("the relay's limit was reached");
        }
    }

    @Test
    void aWrongVoucherIsFoundOutByGoAndByUs() throws Exception {
        for (Saboteur saboteur : List.of(Saboteur.SIGNS_WITH_ANOTHER_KEY, Saboteur.GIVES_ANOTHERS_VOUCHER)) {
            try (RelayPeer relay = saboteur.start(ROOMY)) {
                for (Stack go : List.of(Stack.GO_V0_47, Stack.GO_V0_51)) {
                    assertThatThrownBy(() -> goVerifiesTheVoucher(relay, go))
                            .isInstanceOf(PeerProcess.Failed.class)
                            .hasMessageContaining("invalid voucher");
                }
                assertThatThrownBy(() -> weVerifyTheVoucher(relay)).hasMessageContaining("not to be believed");
            }
        }
    }

    // ── the cells ──

    /** Both ends try everything over one circuit; where an end is go's, go compares the hashes. */
    private static void circuit(RelayPeer relay, Stack destinationStack, Stack sourceStack) throws Exception {
        try (RelayPeer destination = destinationStack.start();
                RelayPeer source = sourceStack.start()) {
            assertThat(destination.reserve(relay)).isEqualTo(StatusCode.OK);
            assertThat(source.reach(destination.id(), relay)).isEqualTo(StatusCode.OK);
            source.exercise(destination.id(), BULK_BYTES);
            destination.exercise(source.id(), BULK_BYTES);
            assertThat(source.isRelayedTo(destination.id())).isTrue();
            assertThat(destination.isRelayedTo(source.id())).isTrue();
        }
    }

    private static void refused(Refusal refusal, Stack relay, Stack asker) throws Exception {
        assertThat(refusal.provoke(relay::startRelay, asker)).isEqualTo(refusal.expectedFrom(relay));
    }

    /** A destination that is suspended holds its reservation, and does not answer. */
    private static void destinationIsSilent(GoVersion version) throws Exception {
        try (RelayPeer relay = Stack.OURS.startRelay(IMPATIENT);
                GoRelayPeer destination = GoRelayPeer.start(version);
                GoRelayPeer source = GoRelayPeer.start(version)) {
            assertThat(destination.reserve(relay)).isEqualTo(StatusCode.OK);
            destination.process().suspend();
            try {
                assertThat(source.reach(destination.id(), relay)).isEqualTo(StatusCode.CONNECTION_FAILED);
            } finally {
                destination.process().resume();
            }
        }
    }

    private static void goVerifiesTheVoucher(RelayPeer relay, Stack go) throws Exception {
        try (GoRelayPeer peer = (GoRelayPeer) go.start()) {
            JsonObject granted = peer.process().run("reserve", Map.of("relay", relay.address()));
            assertThat(granted.get("voucher").getAsBoolean()).isTrue();
            assertThat(granted.get("voucherExpires").getAsLong())
                    .isEqualTo(granted.get("expires").getAsLong());
        }
    }

    private static void weVerifyTheVoucher(RelayPeer relay) throws Exception {
        try (OurRelayPeer peer = OurRelayPeer.start()) {
            assertThat(peer.reserve(relay)).isEqualTo(StatusCode.OK);
            RelayVoucher voucher = peer.reservation().voucher().orElseThrow();
            assertThat(voucher.relay()).isEqualTo(relay.id());
            assertThat(voucher.peer()).isEqualTo(peer.id());
            assertThat(voucher.expiration()).isEqualTo(peer.reservation().expires());
        }
    }

    private static RelayLimits ofData() {
        return CircuitLimits.ofData(CircuitLimits.DATA_BYTES);
    }

    private static RelayLimits ofTime() {
        return CircuitLimits.ofTime(CircuitLimits.DURATION);
    }
}
