/**
 * The heart of a libp2p node: the seams that transports, security and muxers plug into, and the swarm that dials,
 * listens, negotiates, keeps connections and owns the facts that protocols learn from each other.
 *
 * <p>Two worlds meet here. A connection and all its streams belong to one Netty event loop; nothing on that loop
 * blocks or locks. Stories such as a dial race run on strands (virtual threads). Values cross between them, buffers
 * never do.
 */
@NullMarked
package io.peerup.swarm;

import org.jspecify.annotations.NullMarked;
