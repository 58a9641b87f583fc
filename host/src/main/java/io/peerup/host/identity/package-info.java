/**
 * The file that holds a node's private key. Read and written by programs while they start; blocking, no state.
 */
@NullMarked
package io.peerup.host.identity;

import org.jspecify.annotations.NullMarked;
