/** Noise XX secure channel. */
@NullMarked
package io.peerup.noise;

import org.jspecify.annotations.NullMarked;
