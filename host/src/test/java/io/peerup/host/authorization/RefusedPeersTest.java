package io.peerup.host.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerup.wire.Identity;
import io.peerup.wire.PeerId;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RefusedPeersTest {
    private static final long HOUR = RefusedPeers.REMEMBERED.toNanos();

    private final RefusedPeers refused = new RefusedPeers();
    private final PeerId stranger = peer();

    @Test
    void aStrangerIsNewsOncePerHour() {
        assertThat(refused.isNew(stranger, 0)).isTrue();
        assertThat(refused.isNew(stranger, HOUR - 1)).isFalse();
        assertThat(refused.isNew(stranger, HOUR)).isTrue();
    }

    @Test
    void aPeerThatWasForgottenIsNewsAgain() {
        refused.isNew(stranger, 0);
        refused.forget(stranger);
        assertThat(refused.isNew(stranger, 1)).isTrue();
    }

    @Test
    void aCrowdOfStrangersIsToldOfOnlyInPart() {
        assertThat(Stream.generate(RefusedPeersTest::peer)
                        .limit(3L * RefusedPeers.MAX_PEERS)
                        .filter(peer -> refused.isNew(peer, 0)))
                .hasSize(RefusedPeers.MAX_PEERS);
        assertThat(refused.isNew(peer(), HOUR)).isTrue();
    }

    private static PeerId peer() {
        return Identity.generate().peerId();
    }
}
