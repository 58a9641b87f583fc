/** What our peer does on streams. Runs on event loops. */
@NullMarked
package io.peerup.benchmarks.peer.netty;

import org.jspecify.annotations.NullMarked;
