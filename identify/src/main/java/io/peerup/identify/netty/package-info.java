/**
 * Identify, push and ping on streams. Handlers run on the event loop of their connection; {@code Identify} listens to
 * the swarm from any thread.
 */
@NullMarked
package io.peerup.identify.netty;

import org.jspecify.annotations.NullMarked;
