/**
 * The socket on which a daemon's owner talks to it, from the claim at the start of the daemon to the removal of its
 * files. Called from threads that may block.
 */
@NullMarked
package io.peerup.node.api.server;

import org.jspecify.annotations.NullMarked;
