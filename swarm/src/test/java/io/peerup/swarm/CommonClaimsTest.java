package io.peerup.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerup.wire.Identity;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CommonClaimsTest {
    private final CommonClaims claims = new CommonClaims();

    @Test
    void whatTwoPeersSayAlikeIsKeptOnce() {
        IdentifiedPeer one = claims.shared(saying("go-peer/1", "/a", "/b"));
        IdentifiedPeer other = claims.shared(saying("go-peer/1", "/b", "/a"));

        assertThat(other.protocols()).isSameAs(one.protocols());
        assertThat(other.agent()).isSameAs(one.agent());
    }

    @Test
    void whatIsSharedIsStillWhatThePeerSaid() {
        claims.shared(saying("go-peer/1", "/a"));
        IdentifiedPeer said = saying("go-peer/1", "/a", "/b");

        assertThat(claims.shared(said)).isEqualTo(said);
    }

    @Test
    void aPeerThatSaysSomethingNewEachTimeDrivesOutWhatIsNotSaidAnyMore() {
        IdentifiedPeer forgotten = claims.shared(saying("gone/1", "/gone"));
        IdentifiedPeer common = claims.shared(saying("common/1", "/common"));
        for (int i = 0; i < 2 * CommonClaims.MAX_CLAIMS; i++) {
            claims.shared(saying("new/" + i, "/new/" + i));
            claims.shared(saying("common/1", "/common"));
        }

        assertThat(claims.shared(saying("common/1", "/common")).agent()).isSameAs(common.agent());
        assertThat(claims.shared(saying("gone/1", "/gone")).agent()).isNotSameAs(forgotten.agent());
    }

    /** Every text and set is an object of its own, as it is when it comes from the wire. */
    private static IdentifiedPeer saying(String agent, String... protocols) {
        return new IdentifiedPeer(
                Identity.generate().peerId(),
                String.copyValueOf(agent.toCharArray()),
                "ipfs/0.1.0",
                Set.of(Arrays.stream(protocols).map(ProtocolId::of).toArray(ProtocolId[]::new)),
                List.of(),
                Optional.empty());
    }
}
