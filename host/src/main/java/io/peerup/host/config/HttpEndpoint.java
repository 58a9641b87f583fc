package io.peerup.host.config;

/**
 * A small HTTP server for operators.
 *
 * @param enabled whether it runs
 * @param listenAddress where
 */
public record HttpEndpoint(boolean enabled, HostAndPort listenAddress) {}
