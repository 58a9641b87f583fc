package io.peerup.node.proxy;

import io.peerup.node.proxy.netty.ArrivedClient;
import io.peerup.node.proxy.netty.Bridge;
import io.peerup.node.proxy.netty.HeldStream;
import io.peerup.swarm.Connection;
import io.peerup.swarm.ErrorCode;
import io.peerup.swarm.MuxedStream;
import io.peerup.swarm.OneLine;
import io.peerup.swarm.strands.Strands;
import io.peerup.swarm.strands.Strands.StrandScope;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The clients of one proxy: each waits for a stream, in a story of its own, and is then joined to it. */
final class ProxyClients {
    private static final Logger LOG = LoggerFactory.getLogger(ProxyClients.class);

    private final String service;
    private final StreamOpener opener;
    private final ProxyLimits limits;
    private final Strands strands;
    private final StrandScope searches;
    private final Sessions sessions;
    private final Semaphore waitingLeft;
    private final Semaphore openLeft;

    ProxyClients(
            String service, StreamOpener opener, ProxyLimits limits, Strands strands, Consumer<SessionEvent> events) {
        this.service = service;
        this.opener = opener;
        this.limits = limits;
        this.strands = strands;
        this.searches = strands.open("proxy " + service);
        this.sessions = new Sessions(strands, events);
        this.waitingLeft = new Semaphore(limits.maxWaiting());
        this.openLeft = new Semaphore(limits.maxOpen());
    }

    int waiting() {
        return limits.maxWaiting() - waitingLeft.availablePermits();
    }

    int open() {
        return sessions.open();
    }

    /** Takes a client in, or resets it; on any thread. */
    void arrived(ArrivedClient client) {
        if (!openLeft.tryAcquire()) {
            refuse(client, limits.maxOpen() + " clients are connected already");
        } else if (!waitingLeft.tryAcquire()) {
            openLeft.release();
            refuse(client, limits.maxWaiting() + " clients wait for the peer already");
        } else {
            search(new Arrival(client));
        }
    }

    /** Resets those that wait, and those that are served after {@code patience}. Waits. */
    void close(Duration patience) throws InterruptedException {
        searches.close();
        sessions.close(patience);
    }

    private void search(Arrival arrival) {
        StreamSearch story = new StreamSearch(opener, limits.retry(), strands, arrival);
        try {
            searches.fork("client", () -> {
                settle(arrival, tell(story, arrival));
                return true;
            });
        } catch (IllegalStateException closing) {
            waitingLeft.release();
            arrival.dismiss();
        }
    }

    /** Whatever ends the story without a stream, the client goes with it. */
    private StreamSearch.Result tell(StreamSearch story, Arrival arrival) throws InterruptedException {
        try {
            return story.run();
        } catch (InterruptedException cancelled) {
            arrival.dismiss();
            throw cancelled;
        } catch (RuntimeException bug) {
            LOG.error("service {}: a client was dropped", service, bug);
            arrival.dismiss();
            throw bug;
        } finally {
            waitingLeft.release();
        }
    }

    private void settle(Arrival arrival, StreamSearch.Result result) {
        switch (result) {
            case StreamSearch.Result.Found() -> {}
            case StreamSearch.Result.ClientLeft() -> {
                arrival.dismiss();
                sessions.failed(service, "service " + service + ": the client left before there was a stream");
            }
            case StreamSearch.Result.GivenUp(String line) -> {
                arrival.dismiss();
                sessions.failed(service, "service " + service + ": " + line);
            }
        }
    }

    private void refuse(ArrivedClient client, String why) {
        client.reset();
        sessions.failed(service, "service " + service + ": a client was refused, " + why);
    }

    /** A client that waits; ends by being attached or by being dismissed, not both. */
    private final class Arrival implements StreamSearch.Client {
        private final ArrivedClient client;

        Arrival(ArrivedClient client) {
            this.client = client;
        }

        @Override
        public boolean isWaiting() {
            return client.isWhole();
        }

        @Override
        public void attach(MuxedStream stream, Connection connection) {
            HeldStream held = HeldStream.hold(stream);
            client.moveTo(connection.eventLoop()).whenComplete((socket, failure) -> {
                if (failure != null) {
                    stream.reset(ErrorCode.NONE.streamCode());
                    dismiss();
                    sessions.failed(service, "service " + service + ": the client is gone, " + OneLine.of(failure));
                } else {
                    Session session = Session.over(connection, service, Session.Side.CLIENT);
                    sessions.begin(session, Bridge.between(held, socket), openLeft::release);
                }
            });
        }

        void dismiss() {
            client.reset();
            openLeft.release();
        }
    }
}
