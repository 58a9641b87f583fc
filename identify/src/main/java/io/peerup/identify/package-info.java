/** Identify, identify push and ping. */
@NullMarked
package io.peerup.identify;

import org.jspecify.annotations.NullMarked;
