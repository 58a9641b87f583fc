package io.peerup.swarm;

import io.netty.channel.Channel;

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
     */
    MuxedConnection attach(Channel secured, Role role);
}
