/** An assembled libp2p host with identity file, authorized_keys and configuration. */
@NullMarked
package io.peerup.host;

import org.jspecify.annotations.NullMarked;
