package io.peerup.wire;

import io.peerup.swarm.ProtocolId;

/** Looks up. */
public record SabotagedValue(ProtocolId protocol) {}
