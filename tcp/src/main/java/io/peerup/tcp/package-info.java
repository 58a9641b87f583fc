/**
 * The TCP transport: listens and dials from the same port, hands every socket to the upgrader. Work happens on the
 * event loops it was given; methods may be called from any thread. Spec: libp2p/specs addressing/README.md and
 * connections/README.md (snapshot 7740c07).
 */
@NullMarked
package io.peerup.tcp;

import org.jspecify.annotations.NullMarked;
