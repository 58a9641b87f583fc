/**
 * Stories: sequential code that waits. A dial race or a reservation keeper is one strand, a virtual thread that may
 * sleep and await through {@link io.peerup.swarm.strands.Strands} and nothing else, so that a simulated twin can run
 * the same story under a moved clock.
 */
@NullMarked
package io.peerup.swarm.strands;

import org.jspecify.annotations.NullMarked;
