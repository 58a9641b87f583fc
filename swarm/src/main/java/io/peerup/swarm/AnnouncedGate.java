package io.peerup.swarm;

import io.peerup.wire.Multiaddr;
import io.peerup.wire.PeerId;
import java.util.function.Consumer;

/** A gate that tells whom it turned away after the handshake had proved who it was. */
record AnnouncedGate(ConnectionGater gate, Consumer<SwarmEvent.ConnectionGated> announce) implements ConnectionGater {
    @Override
    public boolean allowsDial(PeerId peer) {
        return gate.allowsDial(peer);
    }

    @Override
    public boolean allowsDial(PeerId peer, Multiaddr address) {
        return gate.allowsDial(peer, address);
    }

    @Override
    public boolean allowsAccept(Multiaddr local, Multiaddr remote) {
        return gate.allowsAccept(local, remote);
    }

    @Override
    public boolean allowsSecured(Direction direction, PeerId peer, Multiaddr local, Multiaddr remote) {
        return told(gate.allowsSecured(direction, peer, local, remote), direction, peer, remote);
    }

    @Override
    public boolean allowsUpgraded(UpgradedConnection connection) {
        return told(
                gate.allowsUpgraded(connection), connection.direction(), connection.remotePeer(), connection.remote());
    }

    private boolean told(boolean allowed, Direction direction, PeerId peer, Multiaddr remote) {
        if (!allowed && direction == Direction.INBOUND) {
            announce.accept(new SwarmEvent.ConnectionGated(remote, peer));
        }
        return allowed;
    }
}
