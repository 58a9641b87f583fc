package io.peerup.node.proxy.netty;

import io.peerup.swarm.CloseReason;

/**
 * How a session ended.
 *
 * @param traffic all that it carried
 * @param reason {@link CloseReason.Finished} if both directions came to their end and everything was delivered;
 *     {@link CloseReason.Failed} with {@link LocalSocketBroken} if the local side broke; otherwise why the stream ended
 */
public record BridgeEnd(Traffic traffic, CloseReason reason) {}
