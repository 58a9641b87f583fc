package io.peerup.swarm;

import io.netty.channel.EventLoop;
import io.peerup.swarm.limits.ConnectionScope;
import io.peerup.wire.Multiaddr;
import io.peerup.wire.PeerId;
import io.peerup.wire.PublicKey;
import java.util.Optional;

/**
 * A secured and multiplexed connection as a transport delivers it to the swarm.
 *
 * @param eventLoop owns the connection and all its streams
 * @param role who plays initiator on the muxer
 * @param security the security protocol in use
 * @param muxerId the muxer in use
 * @param earlyMuxer whether the muxer was agreed on inside the security handshake
 * @param scope what it holds, still as one that is under way; closed when the connection is
 */
public record UpgradedConnection(
        PeerId remotePeer,
        PublicKey remoteKey,
        Direction direction,
        Role role,
        Multiaddr local,
        Multiaddr remote,
        Optional<ConnectionLimit> limit,
        ProtocolId security,
        ProtocolId muxerId,
        boolean earlyMuxer,
        EventLoop eventLoop,
        MuxedConnection muxed,
        ConnectionScope scope) {}
