package io.peerup.node.api.server.calls;

import io.peerup.node.api.ApiProblem;
import io.peerup.node.api.ApiProblem.Kind;
import io.peerup.node.api.DaemonApi;
import io.peerup.node.api.Json;
import io.peerup.node.api.PingRequest;
import io.peerup.node.api.PingResult;
import io.peerup.node.api.PingStats;
import io.peerup.swarm.strands.Strands;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;

/** Pings, answered at the end or line by line. */
final class PingCall implements Endpoint {
    /** As many results are kept for one answer at the end. */
    static final int MAX_COUNT = 10_000;

    private static final int DEFAULT_COUNT = 4;
    private static final int DEFAULT_INTERVAL_MS = 1000;

    private final DaemonApi daemon;
    private final Strands strands;
    private final Streams streams;

    PingCall(DaemonApi daemon, Strands strands, Streams streams) {
        this.daemon = daemon;
        this.strands = strands;
        this.streams = streams;
    }

    private record Pinged(List<PingResult> results, PingStats stats) {}

    @Override
    public void serve(ApiRequest request, Response response) throws ApiProblem, InterruptedException {
        RequestBody body = RequestBody.of(request);
        if (body.flag("stream")) {
            stream(ping(body, Math.max(0, body.number("count"))), response);
        } else {
            int count = body.number("count") <= 0 ? DEFAULT_COUNT : body.number("count");
            response.whole(collect(ping(body, count), request.wantsText()));
        }
    }

    private static PingRequest ping(RequestBody body, int count) throws ApiProblem {
        String peer = body.text("peer");
        if (peer.isEmpty()) {
            throw new ApiProblem(Kind.INVALID, "peer is required");
        }
        int interval = body.number("interval_ms") <= 0 ? DEFAULT_INTERVAL_MS : body.number("interval_ms");
        if (interval > PingRequest.MAX_INTERVAL_MS) {
            throw new ApiProblem(Kind.INVALID, "interval_ms is at most " + PingRequest.MAX_INTERVAL_MS);
        }
        return new PingRequest(peer, count, interval);
    }

    private Answer collect(PingRequest ping, boolean text) throws ApiProblem, InterruptedException {
        if (ping.count() > MAX_COUNT) {
            throw new ApiProblem(
                    Kind.INVALID, "count is at most " + MAX_COUNT + "; set stream to get results as they come");
        }
        List<PingResult> results = new ArrayList<>();
        PingStats stats = daemon.ping(ping, results::add);
        return text ? Answer.text(Texts.ping(ping.peer(), results, stats)) : Answer.data(new Pinged(results, stats));
    }

    private void stream(PingRequest ping, Response response) throws ApiProblem, InterruptedException {
        Streams.Place place = streams.take();
        try (place) {
            PingStats stats = daemon.ping(ping, result -> send(Json.line(result), response));
            send(Json.line(stats), response);
            response.end();
        }
    }

    /** Waits for the client, so that one who does not read is not pinged for either. */
    private void send(String line, Response response) throws InterruptedException {
        try {
            strands.await(response.line(line));
        } catch (ExecutionException gone) {
            throw new InterruptedException("the client has gone");
        }
    }
}
