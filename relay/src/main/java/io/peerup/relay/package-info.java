/** relay-server. */
@NullMarked
package io.peerup.relay;

import org.jspecify.annotations.NullMarked;
