/**
 * Attacks on our programs as they are packaged: each row of the table of known mistakes, with what the attacker sees, an
 * honest peer that is served meanwhile, and what the attacked process holds afterwards.
 */
@NullMarked
package io.peerup.interop.hostile;

import org.jspecify.annotations.NullMarked;
