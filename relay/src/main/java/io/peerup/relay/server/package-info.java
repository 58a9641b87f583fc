/** A relay, assembled from its configuration. Runs on any thread that may block. */
@NullMarked
package io.peerup.relay.server;

import org.jspecify.annotations.NullMarked;
