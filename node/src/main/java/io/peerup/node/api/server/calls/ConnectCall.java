package io.peerup.node.api.server.calls;

import io.peerup.node.api.ApiProblem;
import io.peerup.node.api.ApiProblem.Kind;
import io.peerup.node.api.ConnectRequest;
import io.peerup.node.api.DaemonApi;

/** Opens a proxy that stays, or one that lives as long as the client listens to what happens at it. */
final class ConnectCall implements Endpoint {
    private final DaemonApi daemon;
    private final Streams streams;

    ConnectCall(DaemonApi daemon, Streams streams) {
        this.daemon = daemon;
        this.streams = streams;
    }

    @Override
    public void serve(ApiRequest request, Response response) throws ApiProblem, InterruptedException {
        RequestBody body = RequestBody.of(request);
        ConnectRequest connect = new ConnectRequest(body.text("peer"), body.text("service"), body.text("listen"));
        if (connect.peer().isEmpty()
                || connect.service().isEmpty()
                || connect.listen().isEmpty()) {
            throw new ApiProblem(Kind.INVALID, "peer, service, and listen are required");
        }
        if (body.flag("attach")) {
            attach(connect, response);
        } else {
            response.whole(Answer.data(daemon.connect(connect)));
        }
    }

    private void attach(ConnectRequest connect, Response response) throws ApiProblem, InterruptedException {
        Streams.Place place = streams.take();
        AttachedEvents events = new AttachedEvents(response);
        try (place;
                events) {
            daemon.attach(connect, events);
        }
        response.end();
    }
}
