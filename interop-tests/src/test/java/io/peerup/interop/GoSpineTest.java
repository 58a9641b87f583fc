package io.peerup.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.peerup.interop.Pair.Dialer;
import io.peerup.swarm.CloseReason;
import io.peerup.testkit.process.GoPeer;
import io.peerup.testkit.process.GoVersion;
import io.peerup.testkit.process.PeerProcess;
import io.peerup.testkit.process.Requirements;
import io.peerup.wire.Identity;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The spine against go-libp2p: tcp, multistream-select, noise, yamux, identify, ping. */
class GoSpineTest {
    private static final Matrix MATRIX = new Matrix();
    private static final int STREAMS_BEYOND_DEFAULTS = 2000;

    @BeforeAll
    static void declare() {
        Requirements.go();
        for (GoVersion version : GoVersion.values()) {
            for (Dialer dialer : Dialer.values()) {
                String pair = version.release() + ", " + dialer + " dials: ";
                for (SpineCell cell : SpineCell.values()) {
                    MATRIX.declare(pair + cell, () -> {
                        try (Pair connected = Pair.connect(version, dialer)) {
                            cell.run(connected, dialer);
                        }
                    });
                }
                MATRIX.declare(pair + "THOUSAND_BESIDE_A_STALLED_ONE", () -> FlatMemory.cell(version, dialer));
                MATRIX.declare(pair + "HANDSHAKE_WITHOUT_EARLY_MUXER", () -> withoutEarlyMuxer(version, dialer));
                for (String key : List.of("secp256k1", "ecdsa", "rsa")) {
                    MATRIX.declare(pair + "KEY_" + key, () -> {
                        try (Pair connected = Pair.connect(version, dialer, "-key", key)) {
                            connected.java().echo(connected.go().id(), 100);
                            connected.goDoes("echo", Map.of("bytes", 100));
                        }
                    });
                }
            }
            MATRIX.declare(version.release() + ": TLS_FIRST_FALLS_BACK_TO_NOISE", () -> tlsFirst(version));
            MATRIX.declare(version.release() + ": WRONG_PEER", () -> wrongPeer(version));
            MATRIX.declare(version.release() + ": DEFAULT_LIMITS", () -> defaultLimits(version));
        }
    }

    @TestFactory
    Stream<DynamicTest> cells() {
        return MATRIX.tests();
    }

    @AfterAll
    static void everyDeclaredCellRan() {
        MATRIX.requireAllRan();
    }

    /** The twin of the bulk cells: a peer that changes one bit must be found out, by go and by us. */
    @Test
    void aFlippedBitTurnsTheBulkCellsRed() throws Exception {
        try (JavaPeer liar = JavaPeer.start(Identity.generate());
                PeerProcess go = GoPeer.start(GoVersion.V0_47)) {
            liar.host().swarm().unhandle(TestProtocols.SINK);
            liar.host().swarm().handle(TestProtocols.lyingSink());
            go.run("connect", Map.of("addr", liar.address()));
            assertThatThrownBy(() -> go.run("upload", Map.of("peer", liar.id(), "bytes", 1000)))
                    .isInstanceOf(PeerProcess.Failed.class)
                    .hasMessageContaining("the peer received");
        }
        try (JavaPeer liar = JavaPeer.start(Identity.generate());
                JavaPeer honest = JavaPeer.start(Identity.generate())) {
            liar.host().swarm().unhandle(TestProtocols.SINK);
            liar.host().swarm().handle(TestProtocols.lyingSink());
            honest.connect(liar.id(), liar.address());
            assertThatThrownBy(() -> honest.upload(liar.id(), 1000)).isInstanceOf(IOException.class);
        }
    }

    /** The twin of the handshake and bulk cells: one bit changed on the wire is found out, by go and by us. */
    @Test
    void aFlippedBitOnTheWireTurnsThemRed() throws Exception {
        for (int at : new int[] {BadLine.IN_THE_HANDSHAKE, BadLine.IN_THE_BULK}) {
            requireRed(BadLine.Fault.FLIPS_A_BIT, at);
        }
    }

    /** The same for bytes that are lost. */
    @Test
    void aPieceLostOnTheWireTurnsThemRed() throws Exception {
        requireRed(BadLine.Fault.DROPS_A_PIECE, BadLine.IN_THE_BULK);
    }

    /** The twin of the memory cells: a peer that keeps what it has not read is found out. */
    @Test
    void aHoarderTurnsTheMemoryCellsRed() {
        assertThatThrownBy(() -> FlatMemory.cell(GoVersion.V0_51, Dialer.JAVA, JavaPeerProgram.HOARD))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("KiB that we grew by");
    }

    private static void requireRed(BadLine.Fault fault, int at) throws Exception {
        try (JavaPeer java = JavaPeer.start(Identity.generate());
                PeerProcess go = GoPeer.start(GoVersion.V0_51);
                BadLine toUs = BadLine.to(java.address(), fault, at);
                BadLine toGo = BadLine.to(go.address(), fault, at)) {
            assertThatThrownBy(() -> {
                        go.run("connect", Map.of("addr", toUs.address()));
                        go.run("upload", Map.of("peer", java.id(), "bytes", 1_000_000));
                    })
                    .isInstanceOf(PeerProcess.Failed.class);
            assertThatThrownBy(() -> {
                        java.connect(go.id(), toGo.address());
                        java.upload(go.id(), 1_000_000);
                    })
                    .isInstanceOf(Exception.class);
            assertThat(toUs.faults()).isOne();
            assertThat(toGo.faults()).isOne();
        }
    }

    private static void withoutEarlyMuxer(GoVersion version, Dialer dialer) throws Exception {
        try (Pair pair = Pair.connect(version, dialer, "-early-muxer=false")) {
            assertThat(pair.seenByGo().get("early").getAsBoolean()).isFalse();
            assertThat(pair.connection().earlyMuxer()).isFalse();
            pair.goDoes("echo", Map.of("bytes", 100_000));
            pair.java().echo(pair.go().id(), 100_000);
        }
    }

    private static void tlsFirst(GoVersion version) throws Exception {
        try (Pair pair = Pair.connect(version, Dialer.GO, "-security", "tls,noise")) {
            assertThat(pair.seenByGo().get("security").getAsString()).isEqualTo("/noise");
        }
        try (Pair pair = Pair.connect(version, Dialer.JAVA, "-security", "tls,noise")) {
            pair.goDoes("echo", Map.of("bytes", 100));
        }
    }

    private static void wrongPeer(GoVersion version) throws Exception {
        try (JavaPeer java = JavaPeer.start(Identity.generate());
                PeerProcess go = GoPeer.start(version)) {
            Identity stranger = Identity.generate();
            assertThatThrownBy(
                            () -> java.connect(stranger.peerId(), go.address().withoutPeerId()))
                    .hasMessageContaining("UNEXPECTED_PEER");
            assertThatThrownBy(() -> go.run(
                            "connect",
                            Map.of("addr", java.address().withoutPeerId().withPeerId(stranger.peerId()))))
                    .hasMessageContaining("peer id mismatch");
        }
    }

    /** go's default limits refuse some of many streams; those end cleanly, and the connection goes on. */
    private static void defaultLimits(GoVersion version) throws Exception {
        try (Pair pair = Pair.connect(version, Dialer.JAVA, "-limits")) {
            List<Future<CloseReason>> streams = new ArrayList<>();
            for (int i = 0; i < STREAMS_BEYOND_DEFAULTS; i++) {
                streams.add(SpineCell.BACKGROUND.submit(() ->
                        pair.java().open(pair.go().id(), TestProtocols.STALL).closed()));
            }
            SpineCell.await(() ->
                    streams.stream().filter(GoSpineTest::isRefused).findAny().orElse(null));
            pair.go().run("unstall", Map.of());
            pair.goDoes("ping", Map.of("count", 1));
        }
    }

    private static boolean isRefused(Future<CloseReason> stream) {
        return switch (stream.state()) {
            case SUCCESS -> stream.resultNow() instanceof CloseReason.Remote;
            case FAILED -> true;
            case RUNNING, CANCELLED -> false;
        };
    }
}
