package io.peerup.node.api;

/**
 * A service that is offered.
 *
 * @param protocol its protocol ID, such as {@code /peerup/ssh/1.0.0}
 * @param localAddress where it listens, host and port
 */
public record ServiceEntry(String name, String protocol, String localAddress, boolean enabled) {}
