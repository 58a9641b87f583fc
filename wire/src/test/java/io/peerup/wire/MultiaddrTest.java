package io.peerup.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MultiaddrTest {
    private static final String PEER = "12D3KooWA4Xop1JaT3MHxwYMkCepYsv4iPVopMXwCz5iHYdBfeSB";
    private static final String RELAY = "12D3KooWCd3eX8r5ihRvzK7P1yPq5aakaBJhG5GNj18YTztPhoCa";
    private static final String RELAYED = "/ip4/192.0.2.1/tcp/7777/p2p/" + RELAY + "/p2p-circuit";

    @Test
    void thePeerOfAnAddressIsNamedInItsLastComponent() throws ProtocolViolation {
        assertThat(Multiaddr.parse("/ip4/192.0.2.1/tcp/1/p2p/" + PEER).peerId()).contains(PeerId.parse(PEER));
        assertThat(Multiaddr.parse(RELAYED + "/p2p/" + PEER).peerId()).contains(PeerId.parse(PEER));
        assertThat(Multiaddr.parse(RELAYED).peerId()).isEmpty();
        assertThat(Multiaddr.parse("/ip4/192.0.2.1/tcp/1").peerId()).isEmpty();
    }

    @Test
    void aPeerIdIsAddedReplacedAndTakenAway() throws ProtocolViolation {
        Multiaddr bare = Multiaddr.parse("/ip4/192.0.2.1/tcp/1");
        Multiaddr named = bare.withPeerId(PeerId.parse(PEER));

        assertThat(named).hasToString("/ip4/192.0.2.1/tcp/1/p2p/" + PEER);
        assertThat(named.withPeerId(PeerId.parse(RELAY))).hasToString("/ip4/192.0.2.1/tcp/1/p2p/" + RELAY);
        assertThat(named.withoutPeerId()).isEqualTo(bare);
        assertThat(bare.withoutPeerId()).isEqualTo(bare);
        assertThat(Multiaddr.parse(RELAYED).withPeerId(PeerId.parse(PEER))).hasToString(RELAYED + "/p2p/" + PEER);
    }

    @Test
    void aBarePeerIdLeavesAnAddressWithoutComponents() throws ProtocolViolation {
        Multiaddr nothing = Multiaddr.parse("/p2p/" + PEER).withoutPeerId();

        assertThat(nothing.components()).isEmpty();
        assertThat(nothing.bytes()).isEmpty();
        assertThat(nothing.scope()).isEqualTo(AddressScope.OTHER);
        assertThat(nothing.tcpAddress()).isEmpty();
        assertThat(nothing).hasToString("");
    }

    @Test
    void aRelayedAddressNamesItsRelay() throws ProtocolViolation {
        Multiaddr relayed = Multiaddr.parse(RELAYED + "/p2p/" + PEER);

        assertThat(relayed.isRelayed()).isTrue();
        assertThat(relayed.relay()).contains(Multiaddr.parse("/ip4/192.0.2.1/tcp/7777/p2p/" + RELAY));
        assertThat(relayed.tcpAddress()).isEmpty();
        assertThat(relayed.relay().orElseThrow().relay()).isEmpty();
    }

    @Test
    void aTcpEndpointBecomesAnAddressAndComesBack() throws Exception {
        InetSocketAddress ip4 = new InetSocketAddress(InetAddress.getByName("192.0.2.1"), 80);
        InetSocketAddress ip6 = new InetSocketAddress(InetAddress.getByName("2001:db8::1"), 443);
        InetSocketAddress zoned = new InetSocketAddress(InetAddress.getByName("fe80::1%7"), 1);

        assertThat(Multiaddr.ofTcp(ip4)).hasToString("/ip4/192.0.2.1/tcp/80");
        assertThat(Multiaddr.ofTcp(ip6)).hasToString("/ip6/2001:db8::1/tcp/443");
        assertThat(Multiaddr.ofTcp(zoned)).hasToString("/ip6zone/7/ip6/fe80::1/tcp/1");
        assertThat(Multiaddr.ofTcp(ip4).tcpAddress()).contains(ip4);
        assertThat(Multiaddr.ofTcp(ip6).tcpAddress()).contains(ip6);
        assertThat(Multiaddr.ofTcp(zoned).tcpAddress()).contains(zoned);
        assertThat(Multiaddr.ofTcp(ip4).withPeerId(PeerId.parse(PEER)).tcpAddress())
                .contains(ip4);
        assertThatThrownBy(() -> Multiaddr.ofTcp(InetSocketAddress.createUnresolved("example.com", 1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/ip4/192.0.2.1",
                "/ip4/192.0.2.1/udp/1",
                "/dns4/example.com/tcp/1",
                "/ip4/192.0.2.1/tcp/1/ws",
                "/ip6zone/eth0/ip6/fe80::1/tcp/1",
                "/ip6zone/7/ip4/192.0.2.1/tcp/1",
                "/ip6zone/99999999999/ip6/fe80::1/tcp/1",
                "/ip6zone/7/tcp/1",
                "/tcp/1/ip4/192.0.2.1",
            })
    void whatIsNotJustAnEndpointHasNoTcpAddress(String text) throws ProtocolViolation {
        assertThat(Multiaddr.parse(text).tcpAddress()).isEmpty();
    }

    @Test
    void mappedAddressesStayVersion6() throws Exception {
        Multiaddr mapped = Multiaddr.parse("/ip6/::ffff:192.0.2.1/tcp/1");

        assertThat(mapped).hasToString("/ip6/::ffff:192.0.2.1/tcp/1");
        assertThat(mapped.tcpAddress().orElseThrow().getAddress().getAddress()).hasSize(16);
    }

    @Test
    void nothingFollowsAUnixPath() throws ProtocolViolation {
        Multiaddr unix = Multiaddr.parse("/unix/run/a.sock");

        assertThat(unix.components()).containsExactly(new Component.Unix("/run/a.sock"));
        assertThatThrownBy(() -> unix.encapsulate(Component.Flag.TLS)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void ourOwnAddressesMayBeLongerThanThoseWeAccept() throws ProtocolViolation {
        Multiaddr longest = Multiaddr.parse("/tls".repeat(Multiaddr.MAX_COMPONENTS));

        assertThat(longest.withPeerId(PeerId.parse(PEER)).components()).hasSize(Multiaddr.MAX_COMPONENTS + 1);
    }
}
