/**
 * Yamux, pure: frames, their codec, and a session that takes frames, commands and the time, and gives frames to send
 * and events. It sees stream ids, flags and lengths; whoever drives it keeps the bytes. For one thread. Spec:
 * libp2p/specs yamux/README.md (snapshot 7740c07), with reset codes as go-libp2p deploys them.
 */
@NullMarked
package io.peerup.yamux;

import org.jspecify.annotations.NullMarked;
