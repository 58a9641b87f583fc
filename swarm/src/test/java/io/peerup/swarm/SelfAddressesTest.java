package io.peerup.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import io.peerup.swarm.SelfAddresses.Advertised;
import io.peerup.swarm.SelfAddresses.Why;
import io.peerup.swarm.limits.Admission;
import io.peerup.swarm.limits.ConnectionScope;
import io.peerup.swarm.limits.ResourceLimits;
import io.peerup.swarm.limits.ResourceScopes;
import io.peerup.wire.Identity;
import io.peerup.wire.Multiaddr;
import io.peerup.wire.PeerId;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SelfAddressesTest {
    private static final Multiaddr LAN = address("/ip4/192.168.1.5/tcp/4001");
    private static final Multiaddr SEEN = address("/ip4/11.0.0.1/tcp/4001");
    private static final PeerId RELAY = Identity.generate().peerId();
    private static final Multiaddr CIRCUIT = address("/ip4/11.0.0.9/tcp/4001/p2p/" + RELAY + "/p2p-circuit");

    private final List<InetAddress> machine =
            new ArrayList<>(List.of(ip("127.0.0.1"), ip("192.168.1.5"), ip("2a00::5"), ip("::1")));
    private final List<Set<Multiaddr>> announced = new ArrayList<>();
    private final SelfAddresses addresses = new SelfAddresses(() -> machine, announced::add);

    @ParameterizedTest
    @CsvSource({
        "/ip4/0.0.0.0/tcp/4001, /ip4/127.0.0.1/tcp/4001 /ip4/192.168.1.5/tcp/4001",
        "/ip6/::/tcp/4001, /ip6/2a00::5/tcp/4001 /ip6/::1/tcp/4001",
        "/ip4/0.0.0.0/udp/4001/quic-v1, /ip4/127.0.0.1/udp/4001/quic-v1 /ip4/192.168.1.5/udp/4001/quic-v1",
        "/ip4/192.168.1.5/tcp/4001, /ip4/192.168.1.5/tcp/4001"
    })
    void aWildcardIsEveryInterfaceOfItsFamily(String bound, String advertised) {
        addresses.listening(address(bound));
        assertThat(addresses.listening()).containsExactly(address(bound));
        assertThat(addresses.advertised())
                .extracting(one -> one.address().toString())
                .containsExactly(advertised.split(" "));
        assertThat(addresses.advertised()).extracting(Advertised::why).containsOnly(Why.LISTENING);
    }

    @Test
    void aListenerThatStopsIsNotAdvertised() {
        addresses.listening(LAN);
        addresses.stoppedListening(LAN);
        assertThat(announced).containsExactly(Set.of(LAN), Set.of());
    }

    @Test
    void circuitsAreAdvertisedWhileARelayHoldsThem() {
        addresses.relayed(RELAY, List.of(CIRCUIT));
        addresses.relayed(RELAY, List.of(CIRCUIT));
        assertThat(addresses.advertised()).containsExactly(new Advertised(CIRCUIT, Why.RELAYED));
        addresses.relayed(RELAY, List.of());
        addresses.relayed(RELAY, List.of());
        assertThat(announced).containsExactly(Set.of(CIRCUIT), Set.of());
    }

    @Test
    void whatFourNetworksSeeIsBelieved() {
        addresses.listening(LAN);
        List<SwarmConnection> observers = IntStream.rangeClosed(1, 4)
                .mapToObj(i -> from("/ip4/11.1.0." + i + "/tcp/4001"))
                .toList();
        for (SwarmConnection observer : observers) {
            assertThat(addresses.advertised()).hasSize(1);
            addresses.observed(observer, SEEN);
        }
        assertThat(addresses.advertised()).contains(new Advertised(SEEN, Why.OBSERVED));

        addresses.left(observers.getFirst());
        assertThat(addresses.advertised()).doesNotContain(new Advertised(SEEN, Why.OBSERVED));
    }

    @Test
    void manyConnectionsFromOneNetworkAreOneObserver() {
        addresses.listening(LAN);
        addresses.listening(address("/ip6/2a00::5/tcp/4001"));
        for (int i = 1; i < 100; i++) {
            addresses.observed(from("/ip4/11.1.0.1/tcp/" + i), SEEN);
            addresses.observed(from("/ip6/2a00:1:2:300::" + i + "/tcp/4001"), address("/ip6/2a00::99/tcp/4001"));
        }
        assertThat(addresses.advertised()).extracting(Advertised::why).containsOnly(Why.LISTENING);
    }

    @Test
    void aPeerThatChangesItsMindIsBelievedOnce() {
        addresses.listening(LAN);
        SwarmConnection liar = from("/ip4/11.1.0.1/tcp/4001");
        for (int port = 1; port < 1000; port++) {
            addresses.observed(liar, address("/ip4/11.0.0.1/tcp/" + port));
        }
        for (int i = 2; i <= 5; i++) {
            addresses.observed(from("/ip4/11.1.0." + i + "/tcp/4001"), SEEN);
        }
        assertThat(addresses.advertised()).contains(new Advertised(SEEN, Why.OBSERVED));
    }

    @Test
    void whoeverOwnsManyNetworksInventsAFewAddressesAtMost() {
        addresses.listening(LAN);
        for (int i = 0; i < 200; i++) {
            addresses.observed(from("/ip4/11.1.0." + i + "/tcp/4001"), address("/ip4/11.0.0.1/tcp/" + (5000 + i / 4)));
        }
        assertThat(addresses.advertised()).hasSize(1 + Observations.MAX_BELIEVED);
    }

    @ParameterizedTest
    @CsvSource({
        "/ip4/11.1.0.1/tcp/4001, /ip4/192.168.1.5/tcp/4001",
        "/ip4/11.1.0.1/tcp/4001, /dns4/evil.example.com/tcp/4001",
        "/ip4/11.1.0.1/tcp/4001, /ip6/2a00::99/tcp/4001",
        "/ip4/11.1.0.1/tcp/4001, /ip4/11.0.0.1/udp/4001/quic-v1",
        "/ip4/127.0.0.1/tcp/4001, /ip4/11.0.0.1/tcp/4001"
    })
    void nobodyCanSeeUsSo(String observer, String observed) {
        addresses.listening(LAN);
        Observations observations = new Observations();
        assertThat(observations.add(from(observer), address(observed))).isFalse();
    }

    @Test
    void whatARelayedPeerSeesIsNotWhereWeAre() {
        Observations observations = new Observations();
        assertThat(observations.add(from(CIRCUIT.toString()), SEEN)).isFalse();
    }

    @Test
    void aConnectionFromAnotherPortTellsNothingAboutTheListener() {
        addresses.listening(address("/ip4/192.168.1.5/tcp/9"));
        for (int i = 1; i <= 4; i++) {
            addresses.observed(from("/ip4/11.1.0." + i + "/tcp/4001"), SEEN);
        }
        assertThat(addresses.advertised()).extracting(Advertised::why).containsOnly(Why.LISTENING);
    }

    @Test
    void whatIsObservedOnAConnectionThatHasEndedIsNotKept() {
        addresses.listening(LAN);
        for (int i = 1; i <= 4; i++) {
            SwarmConnection ended = from("/ip4/11.1.0." + i + "/tcp/4001");
            ended.close(ErrorCode.NONE);
            addresses.observed(ended, SEEN);
        }
        assertThat(addresses.advertised()).hasSize(1);
    }

    @Test
    void aChangeMadeWhileAnotherIsAnnouncedIsAnnouncedNext() {
        List<Set<Multiaddr>> heard = new ArrayList<>();
        SelfAddresses[] self = new SelfAddresses[1];
        self[0] = new SelfAddresses(() -> machine, set -> {
            if (heard.isEmpty()) {
                self[0].relayed(RELAY, List.of(CIRCUIT));
            }
            heard.add(set);
        });
        self[0].listening(LAN);
        assertThat(heard).containsExactly(Set.of(LAN), Set.of(LAN, CIRCUIT));
    }

    /** A connection to {@link #LAN} whose peer is there. */
    private static SwarmConnection from(String remote) {
        Identity peer = UpgradeRig.PEER;
        UpgradedConnection upgraded = new UpgradedConnection(
                peer.peerId(),
                peer.publicKey(),
                Direction.INBOUND,
                Role.RESPONDER,
                remote.startsWith("/ip6") ? address("/ip6/2a00::5/tcp/4001") : LAN,
                address(remote),
                Optional.empty(),
                UpgradeRig.SECURITY,
                UpgradeRig.MUXER,
                true,
                new EmbeddedChannel().eventLoop(),
                new UpgradeRig.FakeMuxer(),
                scope(address(remote)));
        return new SwarmConnection(upgraded, new Protocols(), SwarmConfig.defaults(), 0);
    }

    private static ConnectionScope scope(Multiaddr remote) {
        ResourceScopes resources = new ResourceScopes(ResourceLimits.unlimited(), () -> 0);
        return ((Admission.Granted<ConnectionScope>) resources.openConnection(Direction.INBOUND, remote)).scope();
    }

    private static Multiaddr address(String text) {
        return UpgradeRig.address(text);
    }

    private static InetAddress ip(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException typo) {
            throw new AssertionError(typo);
        }
    }
}
