/** What is measured. Runs on the main thread. */
@NullMarked
package io.peerup.benchmarks.lines;

import org.jspecify.annotations.NullMarked;
