/** Circuit relay v2: hop, stop, reservations and the relay transport. */
@NullMarked
package io.peerup.circuitrelay;

import org.jspecify.annotations.NullMarked;
