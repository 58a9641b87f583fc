/**
 * Hop and stop on streams, circuits as connections, and the splice that joins two streams. Everything about a stream
 * runs on its event loop; what joins two says which of the loops owns it.
 */
@NullMarked
package io.peerup.circuitrelay.netty;

import org.jspecify.annotations.NullMarked;
