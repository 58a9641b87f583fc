package io.peerup.swarm.limits;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who connected how often, by place: a bucket each that every arrival fills and time empties. Only buckets that are not
 * empty are remembered, at most {@value #MAX_PLACES}, and then the one that nobody put anything in for the longest time
 * is forgotten: whoever has thousands of addresses is bounded by other limits. Guarded by the lock of the table.
 */
final class Arrivals {
    static final int MAX_PLACES = 8192;

    /** By place, when its bucket will be empty; who arrived last comes last. */
    private final Map<ScopeName, Long> emptyNanos = new LinkedHashMap<>();

    /** Why one more does not fit now, if it does not. */
    Optional<Refusal> obstacle(List<Place> places, long nowNanos) {
        return places.stream()
                .filter(place -> !place.rate().isUnlimited())
                .filter(place -> fillNanos(place, nowNanos)
                        > (place.rate().burst() - 1) * place.rate().every().toNanos())
                .findFirst()
                .map(place -> new Refusal(
                        place.name().kind(),
                        Resource.NEW_CONNECTIONS,
                        place.rate().burst()));
    }

    /** One that had no obstacle came in. */
    void arrived(List<Place> places, long nowNanos) {
        for (Place place : places) {
            if (!place.rate().isUnlimited()) {
                long fill = fillNanos(place, nowNanos);
                emptyNanos.remove(place.name());
                emptyNanos.put(
                        place.name(), nowNanos + fill + place.rate().every().toNanos());
            }
        }
        forget(nowNanos);
    }

    int places() {
        return emptyNanos.size();
    }

    private long fillNanos(Place place, long nowNanos) {
        return Math.max(0, emptyNanos.getOrDefault(place.name(), nowNanos) - nowNanos);
    }

    private void forget(long nowNanos) {
        Iterator<Long> oldest = emptyNanos.values().iterator();
        while (oldest.hasNext() && (oldest.next() - nowNanos <= 0 || emptyNanos.size() > MAX_PLACES)) {
            oldest.remove();
        }
    }
}
