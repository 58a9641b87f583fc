package io.peerup.identify;

import static io.peerup.identify.Samples.address;
import static io.peerup.identify.Samples.addresses;
import static org.assertj.core.api.Assertions.assertThat;

import io.peerup.wire.Multiaddr;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AudienceTest {
    private static final List<Multiaddr> ALL = addresses(
            "/ip4/127.0.0.1/tcp/1",
            "/ip4/192.168.1.2/tcp/1",
            "/ip4/100.64.0.2/tcp/1",
            "/ip4/11.0.0.2/tcp/1",
            "/ip6/::1/tcp/1",
            "/ip6/2001:4860::1/tcp/1");

    @ParameterizedTest
    @CsvSource({
        "/ip4/127.0.0.1/tcp/9, MACHINE",
        "/ip6/::1/tcp/9, MACHINE",
        "/ip4/192.168.7.7/tcp/9, NETWORK",
        "/ip4/100.100.1.1/tcp/9, NETWORK",
        "/ip4/11.0.0.9/tcp/9, INTERNET",
        "/ip6/2001:4860::9/tcp/9, INTERNET",
        "/ip4/203.0.113.1/tcp/9, MACHINE",
        "/ip4/11.0.0.9/tcp/9/p2p/12D3KooWRawPbxPtP1eZaJpumGnyWX2DcUyd3RQnydr3eAto4Az7/p2p-circuit, INTERNET",
        "/ip4/127.0.0.1/tcp/9/p2p/12D3KooWRawPbxPtP1eZaJpumGnyWX2DcUyd3RQnydr3eAto4Az7/p2p-circuit, MACHINE",
    })
    void followsFromTheFarEnd(String farEnd, Audience audience) {
        assertThat(Audience.at(address(farEnd))).isEqualTo(audience);
    }

    @Test
    void ofThisMachineKnowsEverything() {
        assertThat(Audience.MACHINE.select(ALL)).isEqualTo(ALL);
    }

    @Test
    void ofThisNetworkKnowsNoLoopback() {
        assertThat(Audience.NETWORK.select(ALL))
                .isEqualTo(addresses(
                        "/ip4/192.168.1.2/tcp/1",
                        "/ip4/100.64.0.2/tcp/1",
                        "/ip4/11.0.0.2/tcp/1",
                        "/ip6/2001:4860::1/tcp/1"));
    }

    @Test
    void ofTheInternetKnowsPublicAddressesOnly() {
        assertThat(Audience.INTERNET.select(ALL))
                .isEqualTo(addresses("/ip4/11.0.0.2/tcp/1", "/ip6/2001:4860::1/tcp/1"));
    }
}
