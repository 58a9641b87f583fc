package io.peerup.node.api.server.calls;

import io.peerup.node.api.ApiProblem;
import io.peerup.node.api.ApiProblem.Kind;
import io.peerup.node.api.DaemonApi;
import io.peerup.swarm.strands.Strands;
import io.peerup.swarm.strands.Strands.Strand;
import io.peerup.swarm.strands.Strands.StrandScope;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The calls under way, each a strand of its own. For any thread. */
public final class Calls implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Calls.class);

    private final Routes routes;
    private final StrandScope scope;

    /** Calls of this daemon. */
    public Calls(DaemonApi daemon, Strands strands) {
        this.routes = new Routes(daemon, strands);
        this.scope = strands.open("api");
    }

    /**
     * Starts a call.
     *
     * @return to be cancelled when the client goes away
     * @throws IllegalStateException once closed
     */
    public Strand<?> start(ApiRequest request, Reply reply) {
        return scope.fork(request.path(), () -> {
            serve(request, new Response(reply));
            return null;
        });
    }

    /** Cancels all calls and waits until they have answered. */
    @Override
    public void close() {
        scope.close();
    }

    private void serve(ApiRequest request, Response response) {
        try {
            routes.find(request).serve(request, response);
        } catch (ApiProblem problem) {
            response.problem(problem);
        } catch (InterruptedException cancelled) {
            response.problem(new ApiProblem(Kind.UNAVAILABLE, "the daemon is stopping", cancelled));
        } catch (RuntimeException bug) {
            LOG.error("{} {} failed", request.method(), request.path(), bug);
            response.problem(new ApiProblem(Kind.FAILED, "internal error; the daemon's log says more", bug));
        }
    }
}
