/** The commands of {@code relay-server}. Run on the main thread. */
@NullMarked
package io.peerup.relay.cli;

import org.jspecify.annotations.NullMarked;
