package io.peerup.identify.service;

import static io.peerup.identify.Samples.PEER;
import static io.peerup.identify.Samples.STRANGER;
import static io.peerup.identify.Samples.address;
import static org.assertj.core.api.Assertions.assertThat;

import io.peerup.testkit.streams.EmbeddedConnection;
import io.peerup.wire.Identity;
import org.junit.jupiter.api.Test;

class PushGateTest {
    private static final String RELAY =
            "/ip4/11.0.0.5/tcp/4001/p2p/12D3KooWRawPbxPtP1eZaJpumGnyWX2DcUyd3RQnydr3eAto4Az7/p2p-circuit";

    private final PushGate gate = new PushGate(() -> 0);

    @Test
    void countsByNetwork() {
        assertThat(pushes(PEER, "/ip4/11.0.0.2/tcp/1", 20)).isEqualTo(10);
        assertThat(pushes(STRANGER, "/ip4/11.0.0.3/tcp/2", 20)).isZero();
    }

    @Test
    void doesNotCountTheRelaysNetworkAgainstThoseBehindIt() {
        assertThat(pushes(PEER, RELAY, 20)).isEqualTo(10);
        assertThat(pushes(STRANGER, RELAY, 20)).isEqualTo(10);
    }

    @Test
    void letsThisMachinePushAsItLikes() {
        assertThat(pushes(PEER, "/ip4/127.0.0.1/tcp/1", 500)).isEqualTo(500);
    }

    private int pushes(Identity peer, String remote, int times) {
        EmbeddedConnection connection =
                new EmbeddedConnection(peer.publicKey(), address("/ip4/11.0.0.1/tcp/1"), address(remote));
        int admitted = 0;
        for (int i = 0; i < times; i++) {
            admitted += gate.admits(connection) ? 1 : 0;
        }
        return admitted;
    }
}
