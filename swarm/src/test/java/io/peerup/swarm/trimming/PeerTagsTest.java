package io.peerup.swarm.trimming;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerup.wire.PeerId;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PeerTagsTest {
    private static final PeerId PEER = Somebody.peer(1);

    private final PeerTags tags = new PeerTags();

    @Test
    void valuesAddUpAndATagIsReplacedByTheSameName() {
        tags.tag(PEER, "circuit", 2);
        tags.tag(PEER, "kad", 5);
        tags.tag(PEER, "kad", -1);
        assertThat(tags.value(PEER)).isEqualTo(1);
        tags.untag(PEER, "circuit");
        tags.untag(PEER, "circuit");
        assertThat(tags.value(PEER)).isEqualTo(-1);
        assertThat(tags.value(Somebody.peer(2))).isZero();
    }

    @Test
    void onePeerHasSixteenTags() {
        IntStream.range(0, 16)
                .forEach(i -> assertThat(tags.tag(PEER, "tag " + i, 1)).isTrue());
        assertThat(tags.tag(PEER, "one more", 100)).isFalse();
        assertThat(tags.value(PEER)).isEqualTo(16);
        assertThat(tags.tag(PEER, "tag 0", 2)).isTrue();
        assertThat(tags.value(PEER)).isEqualTo(17);
    }

    @Test
    void noSumOverflows() {
        IntStream.range(0, 16).forEach(i -> tags.tag(PEER, "tag " + i, Integer.MAX_VALUE));
        assertThat(tags.value(PEER)).isEqualTo(16 * PeerTags.MAX_VALUE);
        IntStream.range(0, 16).forEach(i -> tags.tag(PEER, "tag " + i, Integer.MIN_VALUE));
        assertThat(tags.value(PEER)).isEqualTo(-16 * PeerTags.MAX_VALUE);
    }

    @Test
    void theTableIsFullAtSomePointAndForgettingMakesRoom() {
        IntStream.range(0, PeerTags.MAX_PEERS)
                .forEach(i -> assertThat(tags.tag(Somebody.peer(i), "tag", 1)).isTrue());
        PeerId late = Somebody.peer(PeerTags.MAX_PEERS);
        assertThat(tags.tag(late, "tag", 1)).isFalse();
        tags.forget(Somebody.peer(0));
        assertThat(tags.tag(late, "tag", 1)).isTrue();
        tags.untag(late, "tag");
        assertThat(tags.tag(Somebody.peer(0), "tag", 1)).isTrue();
    }
}
