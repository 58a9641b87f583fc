/**
 * Netty handlers for the framing of libp2p messages.
 *
 * <p>They run on the event loop of their channel and hold no state that outlives it.
 */
@NullMarked
package io.peerup.wire.netty;

import org.jspecify.annotations.NullMarked;
