package io.peerup.swarm.trimming;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerup.wire.PeerId;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PeerProtectionsTest {
    private static final PeerId PEER = Somebody.peer(1);

    private final PeerProtections protections = new PeerProtections();

    @Test
    void whatWasGivenTwiceIsTakenBackTwice() {
        protections.protect(PEER, "service-stream");
        protections.protect(PEER, "service-stream");
        protections.unprotect(PEER, "service-stream");
        assertThat(protections.isProtected(PEER, 0)).isTrue();
        protections.unprotect(PEER, "service-stream");
        assertThat(protections.isProtected(PEER, 0)).isFalse();
        protections.unprotect(PEER, "service-stream");
        protections.protect(PEER, "service-stream");
        assertThat(protections.isProtected(PEER, 0)).isTrue();
    }

    @Test
    void oneReasonIsEnough() {
        protections.protect(PEER, "relay");
        protections.protectUntil(PEER, "relay-reservation", 10);
        assertThat(protections.reasons(PEER, 9)).containsExactly("relay", "relay-reservation");
        assertThat(protections.reasons(PEER, 10)).containsExactly("relay");
        protections.unprotect(PEER, "relay");
        assertThat(protections.isProtected(PEER, 9)).isTrue();
        assertThat(protections.isProtected(PEER, 10)).isFalse();
        assertThat(protections.isProtected(Somebody.peer(2), 0)).isFalse();
    }

    @Test
    void aTimeIsMovedByTheNextOneAndEndsEarlyWhenSomebodySaysSo() {
        protections.protectUntil(PEER, "relay-reservation", 10);
        protections.protectUntil(PEER, "relay-reservation", 20);
        assertThat(protections.isProtected(PEER, 19)).isTrue();
        protections.endProtection(PEER, "relay-reservation");
        assertThat(protections.isProtected(PEER, 0)).isFalse();
    }

    @Test
    void aTimeMayLieBeyondTheEndOfTheClock() {
        protections.protectUntil(PEER, "relay-reservation", Long.MIN_VALUE + 5);
        assertThat(protections.isProtected(PEER, Long.MAX_VALUE)).isTrue();
        assertThat(protections.isProtected(PEER, Long.MIN_VALUE + 5)).isFalse();
    }

    @Test
    void aStreamProtectsUntilItEndsHoweverItEnds() {
        CompletableFuture<Void> good = new CompletableFuture<>();
        CompletableFuture<Void> bad = new CompletableFuture<>();
        protections.protectWhile(PEER, "service-stream", good);
        protections.protectWhile(PEER, "service-stream", bad);
        good.complete(null);
        assertThat(protections.isProtected(PEER, 0)).isTrue();
        bad.completeExceptionally(new IllegalStateException("broken"));
        assertThat(protections.isProtected(PEER, 0)).isFalse();
    }

    @Test
    void whoIsRefusedForWantOfRoomTakesNothingBackFromOthers() {
        IntStream.range(0, 16)
                .forEach(i ->
                        assertThat(protections.protect(PEER, "reason " + i)).isTrue());
        protections.protectWhile(PEER, "one more", CompletableFuture.completedFuture(null));
        assertThat(protections.protect(PEER, "one more")).isFalse();
        assertThat(protections.protect(PEER, "reason 0")).isTrue();
        IntStream.range(0, 16)
                .forEach(i -> assertThat(protections.protectUntil(PEER, "reason " + i, 1))
                        .isTrue());
        assertThat(protections.protectUntil(PEER, "one more", 1)).isFalse();
    }

    @Test
    void theTableHasAnEnd() {
        PeerId[] peers = IntStream.rangeClosed(0, PeerProtections.MAX_PEERS)
                .mapToObj(Somebody::peer)
                .toArray(PeerId[]::new);
        for (int i = 0; i < PeerProtections.MAX_PEERS; i++) {
            assertThat(protections.protect(peers[i], "relay")).isTrue();
        }
        assertThat(protections.protect(peers[PeerProtections.MAX_PEERS], "relay"))
                .isFalse();
        protections.unprotect(peers[0], "relay");
        assertThat(protections.protect(peers[PeerProtections.MAX_PEERS], "relay"))
                .isTrue();
    }
}
