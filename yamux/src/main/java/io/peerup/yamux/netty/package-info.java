/**
 * Yamux in a Netty pipeline: a handler that drives the session and a channel per stream. Everything here runs on the
 * connection's event loop.
 */
@NullMarked
package io.peerup.yamux.netty;

import org.jspecify.annotations.NullMarked;
