/**
 * Circuit relay v2, the pure part: messages and codecs, who may reserve and connect, what is believed of a relay's
 * answer, when to renew and when to try again. Immutable values, or objects for one thread with time as an argument.
 * Spec: libp2p/specs relay/circuit-v2.md (snapshot 7740c07).
 */
@NullMarked
package io.peerup.circuitrelay;

import org.jspecify.annotations.NullMarked;
