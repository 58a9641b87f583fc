/**
 * {@code authorized_keys}: the peers that may connect. The set itself is immutable and read from event loops; the file
 * is read, edited and watched by threads that may block.
 */
@NullMarked
package io.peerup.host.authorization;

import org.jspecify.annotations.NullMarked;
