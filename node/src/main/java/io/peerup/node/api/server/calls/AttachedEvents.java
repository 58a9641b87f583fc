package io.peerup.node.api.server.calls;

import io.peerup.node.api.Json;
import io.peerup.node.api.OpenedProxy;
import io.peerup.node.api.ProxyEvent;
import io.peerup.node.api.ProxyListener;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Sends what happens at a proxy to the client that is attached to it. A client that does not keep up misses events and
 * is told how many; nothing is kept for it. After closing, nothing is sent any more.
 */
final class AttachedEvents implements ProxyListener, AutoCloseable {
    private final Response response;
    private final ReentrantLock oneAtATime = new ReentrantLock();
    private boolean listening;
    private long missed;

    AttachedEvents(Response response) {
        this.response = response;
    }

    @Override
    public void opened(OpenedProxy proxy) {
        locked(() -> {
            listening = true;
            response.line(Json.data(proxy));
        });
    }

    @Override
    public void event(ProxyEvent event) {
        locked(() -> {
            if (!listening) {
                return;
            }
            if (!response.keepsUp()) {
                missed++;
                return;
            }
            tellMissed();
            response.line(Json.line(event));
        });
    }

    @Override
    public void close() {
        locked(() -> {
            if (listening) {
                tellMissed();
            }
            listening = false;
        });
    }

    private void tellMissed() {
        if (missed > 0) {
            response.line(Json.line(new ProxyEvent(ProxyEvent.MISSED, missed + " events were missed here")));
            missed = 0;
        }
    }

    private void locked(Runnable action) {
        oneAtATime.lock();
        try {
            action.run();
        } finally {
            oneAtATime.unlock();
        }
    }
}
