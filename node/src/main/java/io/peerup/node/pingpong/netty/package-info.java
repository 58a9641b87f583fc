/** The ping of the Go original, answered: {@code ping} in, {@code pong} out. Runs on event loops. */
@NullMarked
package io.peerup.node.pingpong.netty;

import org.jspecify.annotations.NullMarked;
