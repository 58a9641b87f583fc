package io.peerup.swarm;

import io.netty.channel.Channel;
import io.peerup.wire.Multiaddr;
import java.util.Optional;

/**
 * A byte pipe to somebody, before security: a TCP connection, or a circuit through a relay. A transport that knows why
 * its channel ends fires the {@link CloseReason} as a user event down the pipeline before; muxers pass it on.
 *
 * @param channel delivers nothing until the first handler is added; reading is on
 * @param limit set when a relay that limits it carries it
 */
public record RawConnection(
        Channel channel, Direction direction, Multiaddr local, Multiaddr remote, Optional<ConnectionLimit> limit) {}
