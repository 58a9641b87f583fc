/**
 * A node, assembled from its configuration: the daemon that serves and is reached, or for one command without a daemon
 * only the part that dials. Blocking; for command threads, API calls and strands.
 */
@NullMarked
package io.peerup.node.daemon;

import org.jspecify.annotations.NullMarked;
