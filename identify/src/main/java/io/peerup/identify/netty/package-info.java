/**
 * Identify, push and ping on streams. Everything here runs on the event loop of its connection, except {@link
 * io.peerup.identify.netty.Ping}, which may be called from any thread.
 */
@NullMarked
package io.peerup.identify.netty;

import org.jspecify.annotations.NullMarked;
