package io.peerup.unheardof;

import io.peerup.wire.PeerId;

/** In a module that no table names. */
public record Stranger(PeerId peer) {}
