/**
 * multistream-select 1.0.0: agreeing on a protocol by name. The codec and the two sides are pure; the handlers run on
 * the channel's event loop and remove themselves when the protocol is agreed. Spec: libp2p/specs
 * connections/README.md (snapshot 7740c07).
 */
@NullMarked
package io.peerup.swarm.multistream;

import org.jspecify.annotations.NullMarked;
