/**
 * Whom a person means and how to get there: names, and connections through the configured relays. Blocking; for strands
 * and command threads.
 */
@NullMarked
package io.peerup.node.reach;

import org.jspecify.annotations.NullMarked;
