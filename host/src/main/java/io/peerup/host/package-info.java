/**
 * A libp2p host, assembled: the protocol modules put together from one configuration, and the files around it. Assembly
 * is one method to read from top to bottom.
 */
@NullMarked
package io.peerup.host;

import org.jspecify.annotations.NullMarked;
