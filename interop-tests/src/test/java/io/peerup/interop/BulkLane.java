package io.peerup.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.peerup.testkit.process.PeerProcess;
import io.peerup.testkit.process.ProcessorTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** A client and a server that move bulk by {@code /perf/1.0.0}; whoever receives counts. */
final class BulkLane {
    private static final long BYTES = 150_000_000;
    private static final long PATIENCE_SECONDS = 60;

    /** Neighbours that use more of the machine than this while a figure is taken have spoilt it. */
    private static final double NEIGHBOURS_SHARE = 0.25;

    private final String name;
    private final PeerProcess client;
    private final PeerProcess server;
    private final List<Figure> up = new ArrayList<>();
    private final List<Figure> down = new ArrayList<>();

    BulkLane(String name, PeerProcess client, PeerProcess server) {
        this.name = name;
        this.client = client;
        this.server = server;
    }

    /**
     * One transfer.
     *
     * @param gbitPerSecond as the receiver counted
     * @param processorSecondsPerGigabyte of both processes
     * @param quiet whether nobody else used much of the machine
     */
    record Figure(double gbitPerSecond, double processorSecondsPerGigabyte, boolean quiet) {}

    private interface Transfer {
        double seconds() throws Exception;
    }

    String name() {
        return name;
    }

    List<Figure> up() {
        return up;
    }

    List<Figure> down() {
        return down;
    }

    void connect() throws Exception {
        client.run("connect", Map.of("addr", server.address()));
    }

    /** Once in each direction. */
    void run() throws Exception {
        up.add(measured(this::upload));
        down.add(measured(this::download));
    }

    void forgetWarmUp() {
        up.clear();
        down.clear();
    }

    JsonObject json() {
        JsonObject json = new JsonObject();
        json.addProperty("lane", name);
        json.add("up", json(up));
        json.add("down", json(down));
        return json;
    }

    static double median(List<Figure> figures, ToDoubleFunction<Figure> of) {
        double[] sorted = figures.stream().mapToDouble(of).sorted().toArray();
        return sorted[sorted.length / 2];
    }

    private Figure measured(Transfer transfer) throws Exception {
        double oursBefore = ownTime();
        double allBefore = ProcessorTime.ofAll();
        long began = System.nanoTime();
        double seconds = transfer.seconds();
        double own = ownTime() - oursBefore;
        double others = ProcessorTime.ofAll() - allBefore - own;
        double machine =
                (System.nanoTime() - began) / 1e9 * Runtime.getRuntime().availableProcessors();
        return new Figure(BYTES * 8 / 1e9 / seconds, own * 1e9 / BYTES, others < NEIGHBOURS_SHARE * machine);
    }

    private double upload() throws Exception {
        client.run("perf", Map.of("peer", server.id(), "up", BYTES, "down", 0));
        JsonObject served = server.event("perf", any -> true, PATIENCE_SECONDS);
        assertThat(served.get("received").getAsLong()).isEqualTo(BYTES);
        return served.get("receivedMicros").getAsLong() / 1e6;
    }

    private double download() throws Exception {
        JsonObject came = client.run("perf", Map.of("peer", server.id(), "up", 0, "down", BYTES));
        server.event("perf", any -> true, PATIENCE_SECONDS);
        assertThat(came.get("down").getAsLong()).isEqualTo(BYTES);
        return came.get("downSeconds").getAsDouble();
    }

    private double ownTime() throws Exception {
        return ProcessorTime.of(client.pid()) + ProcessorTime.of(server.pid());
    }

    private static JsonArray json(List<Figure> figures) {
        JsonArray all = new JsonArray();
        for (Figure figure : figures) {
            JsonObject json = new JsonObject();
            json.addProperty("gbitPerSecond", figure.gbitPerSecond());
            json.addProperty("processorSecondsPerGigabyte", figure.processorSecondsPerGigabyte());
            json.addProperty("quiet", figure.quiet());
            all.add(json);
        }
        return all;
    }
}
