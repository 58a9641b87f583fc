package io.peerup.interop;

import io.peerup.circuitrelay.RelayLimits;
import io.peerup.testkit.process.GoVersion;

/** Whose libp2p a peer of a relayed scene runs. */
enum Stack {
    /** This project's. */
    OURS {
        @Override
        RelayPeer start() throws Exception {
            return OurRelayPeer.start();
        }

        @Override
        RelayPeer startRelay(RelayLimits limits) throws Exception {
            OurRelayPeer peer = OurRelayPeer.start();
            peer.serve(limits);
            return peer;
        }
    },
    /** The go-libp2p that the Go peer-up ships. */
    GO_V0_47 {
        @Override
        RelayPeer start() throws Exception {
            return GoRelayPeer.start(GoVersion.V0_47);
        }

        @Override
        RelayPeer startRelay(RelayLimits limits) throws Exception {
            return GoRelayPeer.startRelay(GoVersion.V0_47, limits);
        }
    },
    /** The newest go-libp2p. */
    GO_V0_51 {
        @Override
        RelayPeer start() throws Exception {
            return GoRelayPeer.start(GoVersion.V0_51);
        }

        @Override
        RelayPeer startRelay(RelayLimits limits) throws Exception {
            return GoRelayPeer.startRelay(GoVersion.V0_51, limits);
        }
    };

    /** A peer that reserves, dials and is dialed. */
    abstract RelayPeer start() throws Exception;

    /** A peer that is a relay, too. */
    abstract RelayPeer startRelay(RelayLimits limits) throws Exception;
}
