/**
 * Values and encodings of libp2p: peer IDs, keys, multiaddrs, signed envelopes and records.
 *
 * <p>Pure: no thread, no clock, no I/O. Everything here is immutable and may be used from any thread.
 */
@NullMarked
package io.peerup.wire;

import org.jspecify.annotations.NullMarked;
