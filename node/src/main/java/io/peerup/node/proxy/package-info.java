/**
 * Services across peers: a local TCP service exposed to authorised peers, and a peer's service reached through a local
 * TCP port.
 *
 * <p>Stories (finding a stream for a client, connecting to a local service) run on strands; everything else may be called
 * from any thread, and what says that it waits must not be called on an event loop. The bytes move in {@code netty}.
 */
@NullMarked
package io.peerup.node.proxy;

import org.jspecify.annotations.NullMarked;
