/**
 * Fails a test run that leaked a buffer. On the class path it is at work: the JUnit launcher finds it by itself. Runs on
 * the launcher's thread after the last test; Netty reports leaks from any thread.
 */
@NullMarked
package io.peerup.testkit.leaks;

import org.jspecify.annotations.NullMarked;
