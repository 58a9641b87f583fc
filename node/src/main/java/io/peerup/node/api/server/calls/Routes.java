package io.peerup.node.api.server.calls;

import io.peerup.node.api.ApiProblem;
import io.peerup.node.api.DaemonApi;
import io.peerup.node.api.DaemonStatus;
import io.peerup.node.api.PeerEntry;
import io.peerup.node.api.ServiceEntry;
import io.peerup.node.api.server.calls.Endpoint.Route;
import io.peerup.swarm.strands.Strands;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Every path of the API. */
final class Routes {
    private final DaemonApi daemon;
    private final List<Route> routes;

    Routes(DaemonApi daemon, Strands strands) {
        this.daemon = daemon;
        Streams streams = new Streams();
        PingCall ping = new PingCall(daemon, strands, streams);
        ConnectCall connect = new ConnectCall(daemon, streams);
        ShutdownCall shutdown = new ShutdownCall(daemon, strands);
        this.routes = List.of(
                new Route("GET", "/v1/status", Endpoint.whole(this::status)),
                new Route("GET", "/v1/services", Endpoint.whole(this::services)),
                new Route("GET", "/v1/peers", Endpoint.whole(this::peers)),
                new Route("POST", "/v1/ping", ping),
                new Route("POST", "/v1/connect", connect),
                new Route("GET", "/v1/connect", Endpoint.whole(request -> Answer.data(daemon.proxies()))),
                new Route("DELETE", "/v1/connect/{id}", Endpoint.whole(this::disconnect)),
                new Route("POST", "/v1/shutdown", shutdown));
    }

    /** The endpoint for a request, be it one that refuses. */
    Endpoint find(ApiRequest request) {
        List<Route> known =
                routes.stream().filter(route -> route.isFor(request.path())).toList();
        if (known.isEmpty()) {
            return Endpoint.whole(any -> Answer.NO_SUCH_PATH);
        }
        String allowed = known.stream().map(Route::method).sorted().collect(Collectors.joining(", "));
        return known.stream()
                .filter(route -> route.method().equals(request.method()))
                .map(Route::endpoint)
                .findFirst()
                .orElseGet(() -> Endpoint.whole(any -> Answer.wrongMethod(allowed)));
    }

    private Answer status(ApiRequest request) throws ApiProblem {
        DaemonStatus status = daemon.status();
        return request.wantsText() ? Answer.text(Texts.status(status)) : Answer.data(status);
    }

    private Answer services(ApiRequest request) throws ApiProblem {
        List<ServiceEntry> services = daemon.services();
        return request.wantsText() ? Answer.text(Texts.services(services)) : Answer.data(services);
    }

    private Answer peers(ApiRequest request) throws ApiProblem {
        List<PeerEntry> peers = daemon.peers(request.hasParameter("all", "true"));
        return request.wantsText() ? Answer.text(Texts.peers(peers)) : Answer.data(peers);
    }

    private Answer disconnect(ApiRequest request) throws ApiProblem {
        daemon.disconnect(request.lastSegment());
        return Answer.data(Map.of("status", "disconnected"));
    }
}
