package io.peerup.node.api;

/**
 * What a number of pings came to. The times are milliseconds, all 0 when nothing was received.
 *
 * @param lossPct 0 to 100
 */
public record PingStats(int sent, int received, int lost, double lossPct, double minMs, double avgMs, double maxMs) {}
