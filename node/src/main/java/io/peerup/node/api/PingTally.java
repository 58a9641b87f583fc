package io.peerup.node.api;

/** Counts results as they come, in constant memory. For one thread. */
public final class PingTally {
    private static final double PERCENT = 100;

    private int sent;
    private int received;
    private double sumMs;
    private double minMs;
    private double maxMs;

    /** Counts one more. */
    public void add(PingResult result) {
        sent++;
        if (result.isAnswered()) {
            minMs = received == 0 ? result.rttMs() : Math.min(minMs, result.rttMs());
            maxMs = Math.max(maxMs, result.rttMs());
            sumMs += result.rttMs();
            received++;
        }
    }

    /** The statistics so far. */
    public PingStats stats() {
        int lost = sent - received;
        double lossPct = sent == 0 ? 0 : lost * PERCENT / sent;
        double avgMs = received == 0 ? 0 : sumMs / received;
        return new PingStats(sent, received, lost, lossPct, minMs, avgMs, maxMs);
    }
}
