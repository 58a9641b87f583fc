package io.peerup.kademlia.service;

import io.netty.buffer.ByteBuf;

/** Knows bytes of the network. */
public record SabotagedService(ByteBuf bytes) {}
