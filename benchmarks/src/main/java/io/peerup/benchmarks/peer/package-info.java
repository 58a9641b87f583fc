/** Our peer as a program that is told what to do. Any thread that may block. */
@NullMarked
package io.peerup.benchmarks.peer;

import org.jspecify.annotations.NullMarked;
