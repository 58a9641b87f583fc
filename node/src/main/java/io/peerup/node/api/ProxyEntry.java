package io.peerup.node.api;

/**
 * A proxy in the list of those that are open.
 *
 * @param peer as it was asked for
 * @param attached whether it ends with the command that opened it
 * @param connections open now
 */
public record ProxyEntry(
        String id, String peer, String service, String listenAddress, boolean attached, int connections) {}
