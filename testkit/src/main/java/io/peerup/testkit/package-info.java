/**
 * What tests of every module share: the rules of the architecture, and their patience. Test scope only; runs on the
 * test's thread.
 */
@NullMarked
package io.peerup.testkit;

import org.jspecify.annotations.NullMarked;
