package io.peerup.node.proxy.netty;

/**
 * What a session has carried.
 *
 * @param toPeerBytes read from the local socket and handed to the stream
 * @param fromPeerBytes read from the stream and handed to the local socket
 */
public record Traffic(long toPeerBytes, long fromPeerBytes) {}
