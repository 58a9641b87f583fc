package io.peerup.node.api;

/**
 * A proxy that was opened.
 *
 * @param id such as {@code proxy-1}, unique while the daemon runs
 * @param listenAddress host and the actual port
 */
public record OpenedProxy(String id, String listenAddress) {}
