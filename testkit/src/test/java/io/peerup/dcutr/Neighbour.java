package io.peerup.dcutr;

/** Something of another protocol. */
public record Neighbour() {}
