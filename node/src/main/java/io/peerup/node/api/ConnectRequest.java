package io.peerup.node.api;

/**
 * Which service of which peer to make reachable here.
 *
 * @param peer a peer ID or a name of the configuration
 * @param listen host and port; port 0 picks one
 */
public record ConnectRequest(String peer, String service, String listen) {}
