package io.peerup.node.proxy;

import io.peerup.node.proxy.netty.Bridge;
import io.peerup.swarm.ErrorCode;
import io.peerup.swarm.strands.Strands;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The sessions that are open at one proxy or service, and who hears of them. May be used from any thread. */
final class Sessions {
    private static final Logger LOG = LoggerFactory.getLogger(Sessions.class);

    private static final Duration CUT_PATIENCE = Duration.ofSeconds(1);

    private final Strands strands;
    private final Consumer<SessionEvent> listener;
    private final Set<Bridge> open = ConcurrentHashMap.newKeySet();
    private volatile boolean cutting;

    Sessions(Strands strands, Consumer<SessionEvent> listener) {
        this.strands = strands;
        this.listener = listener;
    }

    int open() {
        return open.size();
    }

    /** Begins a session, on the event loop of its bridge; {@code over} runs when it is over. */
    void begin(Session session, Bridge bridge, Runnable over) {
        long since = strands.nanoTime();
        open.add(bridge);
        tell(new SessionEvent.Opened(session));
        bridge.ended().thenAccept(end -> {
            open.remove(bridge);
            over.run();
            Duration lasted = Duration.ofNanos(strands.nanoTime() - since);
            tell(new SessionEvent.Ended(session, end.traffic(), lasted, end.reason()));
        });
        bridge.begin();
        if (cutting) {
            bridge.cut(ErrorCode.SHUTDOWN);
        }
    }

    /** Tells of a client that came to nothing. */
    void failed(String service, String line) {
        tell(new SessionEvent.Failed(service, line));
    }

    /** Gives those that are open some time to end, then resets them. Waits; not for an event loop. */
    void close(Duration patience) throws InterruptedException {
        try {
            awaitEnds(patience);
        } finally {
            cutting = true;
            open.forEach(bridge -> bridge.cut(ErrorCode.SHUTDOWN));
        }
        awaitEnds(CUT_PATIENCE);
    }

    private void awaitEnds(Duration patience) throws InterruptedException {
        try {
            strands.await(
                    CompletableFuture.allOf(open.stream()
                            .map(bridge -> bridge.ended().toCompletableFuture())
                            .toArray(CompletableFuture<?>[]::new)),
                    patience);
        } catch (TimeoutException enough) {
            LOG.debug("{} sessions are still open after {}", open.size(), patience);
        } catch (ExecutionException bug) {
            throw new IllegalStateException("a bridge ends with a reason, never exceptionally", bug);
        }
    }

    private void tell(SessionEvent event) {
        try {
            listener.accept(event);
        } catch (RuntimeException bug) {
            LOG.error("a listener failed on {}", event, bug);
        }
    }
}
