/** Yamux stream muxer. */
@NullMarked
package io.peerup.yamux;

import org.jspecify.annotations.NullMarked;
