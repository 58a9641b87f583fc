package io.peerup.swarm.limits;

import static io.peerup.swarm.limits.ScopeRig.granted;
import static io.peerup.swarm.limits.ScopeRig.peer;
import static io.peerup.swarm.limits.ScopeRig.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.peerup.swarm.Direction;
import org.junit.jupiter.api.Test;

/** How many may come in from one place on the network. */
class AddressLimitsTest {
    private final ScopeRig rig = new ScopeRig(ResourceLimits.unlimited().withAddresses(AddressLimits.defaults()));

    @Test
    void anIpv4AddressHasEightAtOnceWhateverItsPorts() {
        ConnectionScope first = granted(rig.from("/ip4/11.0.0.2/tcp/1"));
        for (int port = 2; port <= 8; port++) {
            granted(rig.from("/ip4/11.0.0.2/tcp/" + port)).upgraded(peer(port));
        }
        assertThat(refused(rig.from("/ip4/11.0.0.2/tcp/9")))
                .isEqualTo(new Refusal(ScopeKind.IPV4_ADDRESS, Resource.INBOUND_CONNECTIONS, 8));
        granted(rig.from("/ip4/11.0.0.3/tcp/9"));

        first.close();
        granted(rig.from("/ip4/11.0.0.2/tcp/9"));
    }

    @Test
    void whatWeDialThereIsNotCounted() {
        for (int port = 1; port <= 8; port++) {
            granted(rig.from("/ip4/11.0.0.2/tcp/" + port));
        }
        granted(rig.scopes.openConnection(Direction.OUTBOUND, ScopeRig.address("/ip4/11.0.0.2/tcp/9")));
    }

    @Test
    void anIpv6CustomerHasEightHoweverManyAddressesItHas() {
        for (int host = 1; host <= 8; host++) {
            granted(rig.from("/ip6/2a00:1:2:3" + host + "::" + host + "/tcp/1"));
        }
        assertThat(refused(rig.from("/ip6/2a00:1:2:3f::1/tcp/1")).scope()).isEqualTo(ScopeKind.IPV6_SUBNET_56);
        granted(rig.from("/ip6/2a00:1:2:13f::1/tcp/1"));
    }

    @Test
    void anIpv6SiteHasSixtyFourHoweverManyCustomersItIs() {
        for (int i = 0; i < 64; i++) {
            granted(rig.from("/ip6/2a00:1:2:" + Integer.toHexString(i << 8) + "::1/tcp/1"));
        }
        assertThat(refused(rig.from("/ip6/2a00:1:2:ff00::1/tcp/1")))
                .isEqualTo(new Refusal(ScopeKind.IPV6_SUBNET_48, Resource.INBOUND_CONNECTIONS, 64));
        granted(rig.from("/ip6/2a00:1:3::1/tcp/1"));
    }

    @Test
    void aRefusalByTheSiteDoesNotCountAgainstTheCustomer() {
        ScopeRig narrow = new ScopeRig(ResourceLimits.unlimited()
                .withAddresses(AddressLimits.defaults().withAtOnce(8, 8, 1)));
        ConnectionScope first = granted(narrow.from("/ip6/2a00:1:2::1/tcp/1"));
        for (int i = 0; i < 20; i++) {
            refused(narrow.from("/ip6/2a00:1:2:100::1/tcp/1"));
        }
        first.close();
        assertThat(narrow.scopes.sharedScopes()).isZero();
        granted(narrow.from("/ip6/2a00:1:2:100::1/tcp/1"));
    }

    @Test
    void aRelayDoesNotCountForThePeersBehindIt() {
        for (int i = 0; i < 20; i++) {
            granted(rig.from("/ip4/11.0.0.9/tcp/1/p2p/" + peer(9) + "/p2p-circuit"));
        }
        granted(rig.from("/ip4/11.0.0.9/tcp/1"));
        assertThat(rig.held(Resource.FILE_DESCRIPTORS)).isEqualTo(1);
    }

    @Test
    void loopbackIsExemptUnlessOneSaysOtherwise() {
        ScopeRig strict = new ScopeRig(ResourceLimits.unlimited()
                .withAddresses(AddressLimits.defaults().alsoOnLoopback()));
        for (int i = 0; i < 8; i++) {
            granted(rig.from("/ip4/127.0.0.1/tcp/1"));
            granted(rig.from("/ip6/::1/tcp/1"));
            granted(strict.from("/ip4/127.0.0.1/tcp/1"));
        }
        granted(rig.from("/ip4/127.0.0.1/tcp/1"));
        granted(rig.from("/ip6/::1/tcp/1"));
        assertThat(refused(strict.from("/ip4/127.0.0.1/tcp/1")).scope()).isEqualTo(ScopeKind.IPV4_ADDRESS);
        granted(strict.from("/ip4/127.0.0.2/tcp/1"));
    }
}
