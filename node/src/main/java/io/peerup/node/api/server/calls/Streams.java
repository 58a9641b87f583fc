package io.peerup.node.api.server.calls;

import io.peerup.node.api.ApiProblem;
import io.peerup.node.api.ApiProblem.Kind;
import java.util.concurrent.Semaphore;

/** Counts the answers that go on for as long as the client wants. */
final class Streams {
    /** As many at once. */
    static final int MAX = 64;

    private final Semaphore free = new Semaphore(MAX);

    /** A place among them, given back by closing. */
    interface Place extends AutoCloseable {
        @Override
        void close();
    }

    Place take() throws ApiProblem {
        if (!free.tryAcquire()) {
            throw new ApiProblem(Kind.UNAVAILABLE, "there are " + MAX + " open streams already; close one first");
        }
        return free::release;
    }
}
