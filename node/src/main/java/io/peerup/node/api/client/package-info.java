/**
 * A command's end of the daemon's API, on the JDK's own sockets: a command that only talks to the daemon loads no Netty.
 * Calls block; each has a connection of its own.
 */
@NullMarked
package io.peerup.node.api.client;

import org.jspecify.annotations.NullMarked;
