/** peerup: the daemon and its command line. */
@NullMarked
package io.peerup.node;

import org.jspecify.annotations.NullMarked;
