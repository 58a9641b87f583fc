/**
 * The data plane of a proxied session: a stream and a TCP socket on one event loop, joined. Runs on the event loop of
 * the peer connection that carries the stream; methods that may be called from elsewhere say so.
 */
@NullMarked
package io.peerup.node.proxy.netty;

import org.jspecify.annotations.NullMarked;
