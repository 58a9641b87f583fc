/** Measures in turns and prints one table. Runs on the main thread. */
@NullMarked
package io.peerup.benchmarks;

import org.jspecify.annotations.NullMarked;
