/** The bulk protocol of libp2p's performance tests. Runs on event loops. */
@NullMarked
package io.peerup.testkit.perf.netty;

import org.jspecify.annotations.NullMarked;
