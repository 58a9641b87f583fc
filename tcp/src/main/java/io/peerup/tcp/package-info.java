/** TCP transport with listen-port reuse. */
@NullMarked
package io.peerup.tcp;

import org.jspecify.annotations.NullMarked;
