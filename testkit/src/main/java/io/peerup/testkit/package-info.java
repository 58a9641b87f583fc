/** Contracts, simulated time and architecture rules for tests of every module. */
@NullMarked
package io.peerup.testkit;

import org.jspecify.annotations.NullMarked;
