/**
 * Streams and connections without a network, for tests of handlers and services. The test plays the remote peer, and
 * moves the time. Everything runs on the test's thread.
 */
@NullMarked
package io.peerup.testkit.streams;

import org.jspecify.annotations.NullMarked;
