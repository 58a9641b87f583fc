/**
 * Identify and ping, the pure part: the message, its codec and its bounds, what is believed of it, and how often others
 * may push. Immutable values, or objects for one thread with time as an argument. Specs: libp2p/specs identify/README.md
 * and ping/ping.md (snapshot 7740c07), with the signed peer record as go-libp2p deploys it.
 */
@NullMarked
package io.peerup.identify;

import org.jspecify.annotations.NullMarked;
