/** The connection SPI, dialing, listening, protocol negotiation, limits, address book and facts. */
@NullMarked
package io.peerup.swarm;

import org.jspecify.annotations.NullMarked;
