package io.peerup.node.api.server.calls;

import io.peerup.node.api.ApiProblem;
import io.peerup.node.api.DaemonApi;
import io.peerup.swarm.strands.Strands;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

/** Answers first, then lets the daemon stop: once, however often it is asked. */
final class ShutdownCall implements Endpoint {
    private final DaemonApi daemon;
    private final Strands strands;
    private final AtomicBoolean asked = new AtomicBoolean();

    ShutdownCall(DaemonApi daemon, Strands strands) {
        this.daemon = daemon;
        this.strands = strands;
    }

    @Override
    public void serve(ApiRequest request, Response response) throws ApiProblem, InterruptedException {
        CompletionStage<?> told = response.whole(Answer.data(Map.of("status", "shutting down")));
        try {
            strands.await(told);
        } catch (ExecutionException | InterruptedException gone) {
            // its wish is granted all the same
        }
        if (asked.compareAndSet(false, true)) {
            daemon.shutdown();
        }
    }
}
