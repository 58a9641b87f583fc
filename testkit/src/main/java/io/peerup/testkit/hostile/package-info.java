/**
 * A peer that breaks rules: libp2p over plain sockets, written a second time and small, so that no mistake of ours is in
 * it twice. It uses the JDK and nothing else of this project. Every step has a form that takes raw bytes, also behind the
 * encryption. All of it blocks, on the thread of the test.
 */
@NullMarked
package io.peerup.testkit.hostile;

import org.jspecify.annotations.NullMarked;
