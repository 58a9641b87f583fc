/** Tests with real go-libp2p peers as processes. The verdict is the other process's wherever it can be. */
@NullMarked
package io.peerup.interop;

import org.jspecify.annotations.NullMarked;
