/**
 * Which connections go when there are too many: watermarks, tags, protection, and the choice itself. Tags and protections
 * are set from every event loop and strand, so each table is behind a lock of its own that is held for a look-up.
 */
@NullMarked
package io.peerup.swarm.trimming;

import org.jspecify.annotations.NullMarked;
