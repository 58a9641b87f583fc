/**
 * What every implementation of swarm's interfaces does, as abstract suites of tests. Extend one and say which
 * implementation is meant. Everything runs on the test's thread.
 */
@NullMarked
package io.peerup.testkit.contracts;

import org.jspecify.annotations.NullMarked;
