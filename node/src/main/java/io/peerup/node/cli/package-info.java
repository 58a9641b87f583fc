/** The commands of {@code peerup}. Run on the main thread; answers go to standard output, everything else to standard error. */
@NullMarked
package io.peerup.node.cli;

import org.jspecify.annotations.NullMarked;
