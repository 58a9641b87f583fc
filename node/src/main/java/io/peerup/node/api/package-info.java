/**
 * What the owner of a running daemon can ask of it, as values and one interface, and how those values are written as
 * JSON. The daemon implements {@link io.peerup.node.api.DaemonApi}; so does a client of its socket, and a command need
 * not know which of the two it talks to. Nothing here knows Netty, so that commands start fast.
 */
@NullMarked
package io.peerup.node.api;

import org.jspecify.annotations.NullMarked;
