package io.peerup.swarm;

import io.netty.channel.Channel;
import io.peerup.swarm.limits.MemoryBudget;

/** A stream multiplexer, such as yamux. Stateless; one instance serves every connection of a host. */
public interface Muxer {
    /** The name it is negotiated under, for example {@code /yamux/1.0.0}. */
    ProtocolId id();

    /**
     * Puts the muxer at the tail of a secured channel's pipeline. Called on the channel's event loop. The muxer owns
     * the channel from now on and closes it when the connection ends.
     *
     * @param secured carries plaintext, already authenticated
     * @param role the initiator opens odd stream ids
     * @param memory what is held for the peer beyond what every stream costs anyway
     *     ({@link io.peerup.swarm.limits.StreamScope#UNREAD_BYTES}) is reserved here first, and released when it is gone,
     *     or with the whole budget when the connection is over
     */
    MuxedConnection attach(Channel secured, Role role, MemoryBudget memory);
}
