/** Noise in a Netty pipeline. Everything here runs on the connection's event loop. */
@NullMarked
package io.peerup.noise.netty;

import org.jspecify.annotations.NullMarked;
