package io.peerup.identify;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerup.wire.PeerId;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PushRateTest {
    private static final PeerId ANYONE = Samples.PEER.peerId();
    private static final long SECOND = 1_000_000_000L;

    private final PushRate rate = new PushRate();
    private long now = -5 * SECOND;

    @Test
    void aNetworkMayPushTenTimesAndThenEveryFiveSeconds() {
        assertThat(pushes("11.0.0.1", 20)).isEqualTo(10);
        now += 5 * SECOND - 1;
        assertThat(pushes("11.0.0.1", 1)).isZero();
        now += 1;
        assertThat(pushes("11.0.0.1", 5)).isEqualTo(1);
    }

    @Test
    void neighboursShareTheirLimitAndStrangersDoNot() {
        assertThat(pushes("11.0.0.1", 20)).isEqualTo(10);
        assertThat(pushes("11.0.0.255", 1)).isZero();
        assertThat(pushes("11.0.1.1", 20)).isEqualTo(10);
    }

    @Test
    void silenceRefillsNoMoreThanABurst() {
        assertThat(pushes("11.0.0.1", 20)).isEqualTo(10);
        now += 86_400 * SECOND;
        assertThat(pushes("11.0.0.1", 20)).isEqualTo(10);
    }

    @Test
    void aVersion6SiteHasALimitOverItsNetworks() {
        assertThat(pushes("2001:4860:1:100::1", 20)).isEqualTo(10);
        assertThat(pushes("2001:4860:1:1ff::1", 1)).isZero();
        assertThat(pushes("2001:4860:1:200::1", 20)).isEqualTo(10);
        assertThat(pushes("2001:4860:1:300::1", 20)).isZero();
        assertThat(pushes("2001:4860:2:300::1", 20)).isEqualTo(10);
    }

    @Test
    void loopbackIsNotLimited() {
        assertThat(pushes("127.0.0.1", 5000)).isEqualTo(5000);
        assertThat(pushes("::1", 5000)).isEqualTo(5000);
    }

    @Test
    void peersBehindARelayAreCountedOneByOne() {
        int admitted = 0;
        for (int i = 0; i < 20; i++) {
            admitted += rate.admits(ANYONE, Optional.empty(), now) ? 1 : 0;
        }
        assertThat(admitted).isEqualTo(10);
        assertThat(rate.admits(Samples.STRANGER.peerId(), Optional.empty(), now))
                .isTrue();
    }

    @Test
    void allNetworksTogetherAreLimited() {
        int admitted = 0;
        for (int i = 0; i < 1000; i++) {
            admitted += pushes("11." + i / 250 + "." + i % 250 + ".1", 10);
        }
        assertThat(admitted).isEqualTo(PushRate.ALL.burst());
        now += SECOND / 2;
        assertThat(pushes("12.0.0.1", 10)).isEqualTo(10);
    }

    @Test
    void oneThatIsRefusedCostsOthersNothing() {
        assertThat(pushes("11.0.0.1", 100_000)).isEqualTo(10);
        assertThat(pushes("11.0.1.1", 10)).isEqualTo(10);
    }

    @Test
    void theTableIsBounded() {
        for (int i = 0; i < 3 * PushRate.MAX_BUCKETS; i++) {
            pushes("11." + i / 65_536 + "." + i / 256 % 256 + "." + i % 256, 1);
            pushes(i / 65_536 % 200 + 20 + "." + i / 256 % 256 + "." + i % 256 + ".1", 1);
        }
        assertThat(rate.buckets()).isLessThanOrEqualTo(PushRate.MAX_BUCKETS);
    }

    private int pushes(String from, int times) {
        int admitted = 0;
        for (int i = 0; i < times; i++) {
            admitted += rate.admits(ANYONE, Optional.of(ip(from)), now) ? 1 : 0;
        }
        return admitted;
    }

    private static InetAddress ip(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException noLiteral) {
            throw new AssertionError(noLiteral);
        }
    }
}
