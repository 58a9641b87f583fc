/**
 * What the command lines of {@code relay-server} and {@code peerup} share: where they stand on a machine, and how they
 * say that something is wrong. Runs on the main thread.
 */
@NullMarked
package io.peerup.relay.program;

import org.jspecify.annotations.NullMarked;
