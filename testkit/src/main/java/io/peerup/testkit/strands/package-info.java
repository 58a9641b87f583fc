/**
 * The simulated twin of {@link io.peerup.swarm.strands.VirtualStrands}, and the contract that both keep. A simulation
 * runs one strand at a time, and only while the test's thread waits for it.
 */
@NullMarked
package io.peerup.testkit.strands;

import org.jspecify.annotations.NullMarked;
