/** Peers as processes that are told what to do, and what the kernel says about them. Any thread that may block. */
@NullMarked
package io.peerup.testkit.process;

import org.jspecify.annotations.NullMarked;
