/**
 * The calls of the daemon's API, apart from how they are carried: a request comes in, the daemon is asked on a strand of
 * its own, a reply goes out. Knows neither sockets nor Netty. Everything here may block.
 */
@NullMarked
package io.peerup.node.api.server.calls;

import org.jspecify.annotations.NullMarked;
