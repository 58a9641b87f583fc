package io.peerup.yamux.netty;

import io.netty.util.collection.IntObjectHashMap;
import io.netty.util.collection.IntObjectMap;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** The streams of a connection by id. The peer chooses ids, so where they go in the table is kept from it. */
final class StreamTable {
    private final int secret = ThreadLocalRandom.current().nextInt() | 1;
    private final IntObjectMap<YamuxStreamChannel> streams = new IntObjectHashMap<>();

    void put(int id, YamuxStreamChannel stream) {
        streams.put(scatter(id), stream);
    }

    @Nullable
    YamuxStreamChannel get(int id) {
        return streams.get(scatter(id));
    }

    @Nullable
    YamuxStreamChannel remove(int id) {
        return streams.remove(scatter(id));
    }

    int size() {
        return streams.size();
    }

    List<YamuxStreamChannel> all() {
        return List.copyOf(streams.values());
    }

    /** One to one; the high bits of the product, which depend on all of the id, become the low ones that count. */
    private int scatter(int id) {
        return Integer.reverse(id * secret);
    }
}
