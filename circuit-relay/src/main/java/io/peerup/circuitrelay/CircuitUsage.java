package io.peerup.circuitrelay;

import io.peerup.swarm.CloseReason.RelayLimitReached;
import io.peerup.swarm.ConnectionLimit;
import java.time.Duration;
import java.util.Optional;

/**
 * What a circuit has carried, counted at one of its ends, so that when it ends it can be told whether the relay ended
 * it for its limits: relays do not say. For one thread.
 */
public final class CircuitUsage {
    private static final long MAX_TOLERANCE_NANOS = Duration.ofSeconds(2).toNanos();

    private final ConnectionLimit limit;
    private final long openedNanos;
    private long sentBytes;
    private long receivedBytes;

    /** A circuit that begins. */
    public CircuitUsage(ConnectionLimit limit, long openedNanos) {
        this.limit = limit;
        this.openedNanos = openedNanos;
    }

    /** Bytes went out. */
    public void sent(long bytes) {
        sentBytes += bytes;
    }

    /** Bytes came in. */
    public void received(long bytes) {
        receivedBytes += bytes;
    }

    /**
     * The limit that a circuit that ends now has reached, if any. Data to the byte; time within two seconds or a
     * quarter of it, because the relay's clock started a little later or earlier than ours.
     */
    public Optional<RelayLimitReached> limitReached(long nowNanos) {
        Optional<RelayLimitReached> data = limit.dataBytes()
                .filter(bytes -> Math.max(sentBytes, receivedBytes) >= bytes)
                .map(bytes -> new RelayLimitReached(bytesText(bytes) + " per direction"));
        return data.or(() -> limit.duration()
                .filter(duration -> isOver(duration, nowNanos))
                .map(duration -> new RelayLimitReached(durationText(duration))));
    }

    private boolean isOver(Duration duration, long nowNanos) {
        long nanos = duration.toNanos();
        return nowNanos - openedNanos >= nanos - Math.min(MAX_TOLERANCE_NANOS, nanos / 4);
    }

    private static String bytesText(long bytes) {
        String[] units = {" bytes", " KiB", " MiB", " GiB"};
        int unit = 0;
        long value = bytes;
        while (unit < units.length - 1 && value % 1024 == 0) {
            value /= 1024;
            unit++;
        }
        return value + units[unit];
    }

    private static String durationText(Duration duration) {
        if (duration.toSeconds() % 3600 == 0) {
            return duration.toHours() + " h";
        }
        return duration.toSeconds() % 60 == 0 ? duration.toMinutes() + " min" : duration.toSeconds() + " s";
    }
}
