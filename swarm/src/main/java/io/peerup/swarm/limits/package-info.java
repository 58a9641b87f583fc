/**
 * What connections and streams may cost: scopes that count, and refuse before anything is spent. Called from every event
 * loop and strand, so the tables are behind one lock; it is held for a handful of additions and never while anything
 * else is called.
 */
@NullMarked
package io.peerup.swarm.limits;

import org.jspecify.annotations.NullMarked;
