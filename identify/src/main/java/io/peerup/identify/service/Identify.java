package io.peerup.identify.service;

import io.peerup.identify.Claims;
import io.peerup.identify.IdentifyMessage;
import io.peerup.identify.Introduction;
import io.peerup.identify.netty.IdentifyProtocol;
import io.peerup.identify.netty.IdentifyPushProtocol;
import io.peerup.identify.netty.IdentifyReceiver;
import io.peerup.identify.netty.IdentifySender;
import io.peerup.identify.service.Answers.Answer;
import io.peerup.swarm.Connection;
import io.peerup.swarm.Connection.LimitedConnections;
import io.peerup.swarm.IdentifiedPeer;
import io.peerup.swarm.OneLine;
import io.peerup.swarm.SelfAddresses;
import io.peerup.swarm.Swarm;
import io.peerup.swarm.SwarmEvent;
import io.peerup.swarm.strands.Strands;
import io.peerup.swarm.strands.Strands.StrandScope;
import io.peerup.wire.ProtocolViolation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Identify on every connection, whoever dialed: asks each new one, answers whoever asks, and pushes to those who listen
 * when our own protocols or addresses change. What it learns it tells the swarm. May be used from any thread.
 */
public final class Identify {
    /** From opening a stream to the last byte of the answer. */
    static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(Identify.class);

    private final Swarm swarm;
    private final Strands strands;
    private final Answers answers;
    private final StrandScope stories;
    private final Pushes pushes;

    /** Which state of ours was told over a connection; bounded by the connections there are. */
    private final Map<Connection, Long> toldByConnection = new ConcurrentHashMap<>();

    private Identify(Swarm swarm, Introduction introduction, LongSupplier unixNanos) {
        this.swarm = swarm;
        this.strands = swarm.strands();
        this.answers = new Answers(
                introduction,
                swarm::servedProtocols,
                () -> swarm.selfAddresses().advertised().stream()
                        .map(SelfAddresses.Advertised::address)
                        .toList(),
                unixNanos);
        this.stories = strands.open("identify");
        this.pushes = new Pushes(strands, this::due, this::push);
    }

    /**
     * Begins: serves both protocols and listens to the swarm. To be started before the swarm listens or dials.
     *
     * @param unixNanos the calendar in nanoseconds since 1970, for the sequence numbers of signed records
     */
    public static Identify start(Swarm swarm, Introduction introduction, LongSupplier unixNanos) {
        Identify identify = new Identify(swarm, introduction, unixNanos);
        PushGate gate = new PushGate(swarm.strands()::nanoTime);
        swarm.handle(new IdentifyProtocol(identify::answer));
        swarm.handle(new IdentifyPushProtocol(gate::admits, identify::hearPush));
        swarm.subscribe(identify::hear);
        identify.stories.fork("pushes", identify.pushes::run);
        return identify;
    }

    /** Gives up what is under way, and asks and pushes no more. Waits. */
    public void close() {
        stories.close();
    }

    private void hear(SwarmEvent event) {
        switch (event) {
            case SwarmEvent.ConnectionOpened(Connection connection) ->
                tell("ask " + connection.remotePeer().shortId(), () -> ask(connection));
            case SwarmEvent.ConnectionClosed closed -> toldByConnection.remove(closed.connection());
            case SwarmEvent.LocalProtocolsChanged changed -> ownStateChanged();
            case SwarmEvent.SelfAddressesChanged changed -> ownStateChanged();
            case SwarmEvent.ConnectionGated gated -> {}
            case SwarmEvent.Listening listening -> {}
            case SwarmEvent.PeerIdentified identified -> {}
            case SwarmEvent.ProtocolsChanged changed -> {}
            case SwarmEvent.AddressObserved observed -> {}
        }
    }

    private void ownStateChanged() {
        answers.outdated();
        pushes.soon();
    }

    // ── what they say ──

    private Void ask(Connection connection) throws InterruptedException {
        CompletionStage<IdentifyMessage> answer = connection
                .openStream(List.of(IdentifyProtocol.ID), LimitedConnections.ALLOWED, opened -> {
                    opened.stream().finish();
                    return IdentifyReceiver.receive(opened.stream());
                })
                .thenCompose(message -> message);
        Claims claims = new Claims(connection.remotePeer(), connection.remote());
        try {
            learn(connection, claims.answered(strands.await(answer, PATIENCE)));
        } catch (ProtocolViolation lie) {
            LOG.warn("{} says it is somebody else: {}", connection, OneLine.of(lie));
        } catch (ExecutionException failed) {
            LOG.debug("{} did not say who it is: {}", connection, OneLine.of(failed));
        } catch (TimeoutException tooLong) {
            LOG.debug("{} did not say who it is within {} s", connection, PATIENCE.toSeconds());
        }
        return null;
    }

    /** Off the event loop: there are signatures to check. */
    private void hearPush(Connection connection, IdentifyMessage message) {
        tell("push from " + connection.remotePeer().shortId(), () -> {
            Claims claims = new Claims(connection.remotePeer(), connection.remote());
            try {
                learn(connection, claims.pushed(message, swarm.identified(connection.remotePeer())));
            } catch (ProtocolViolation lie) {
                LOG.warn("{} says it is somebody else: {}", connection, OneLine.of(lie));
            }
            return null;
        });
    }

    private void learn(Connection connection, IdentifiedPeer peer) {
        swarm.identified(connection, peer);
        Long told = toldByConnection.get(connection);
        if (told != null && told < answers.version()) {
            // It asked before our last change, and only now is it known whether it listens to pushes.
            pushes.soon();
        }
    }

    // ── what we say ──

    private IdentifyMessage answer(Connection connection) {
        Answer answer = answers.to(connection.remote());
        toldByConnection.put(connection, answer.version());
        return answer.message();
    }

    private List<Connection> due() {
        long latest = answers.version();
        return swarm.connections().stream()
                .filter(connection -> toldByConnection.getOrDefault(connection, 0L) < latest)
                .filter(this::listensToPushes)
                .toList();
    }

    private boolean listensToPushes(Connection connection) {
        return swarm.identified(connection.remotePeer())
                .filter(peer -> peer.protocols().contains(IdentifyPushProtocol.ID))
                .isPresent();
    }

    private CompletionStage<Void> push(Connection connection) {
        return connection
                .openStream(
                        List.of(IdentifyPushProtocol.ID),
                        LimitedConnections.ALLOWED,
                        opened -> IdentifySender.send(opened.stream(), answer(connection)))
                .thenCompose(said -> said);
    }

    private void tell(String name, Callable<Void> story) {
        try {
            stories.fork(name, story);
        } catch (IllegalStateException closed) {
            LOG.debug("no longer: {}", name);
        }
    }
}
