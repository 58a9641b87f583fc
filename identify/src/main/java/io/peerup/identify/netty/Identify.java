package io.peerup.identify.netty;

import io.netty.buffer.Unpooled;
import io.peerup.identify.Claims;
import io.peerup.identify.IdentifyMessage;
import io.peerup.identify.IdentifyWriter;
import io.peerup.identify.OwnClaims;
import io.peerup.swarm.Connection;
import io.peerup.swarm.Connection.LimitedConnections;
import io.peerup.swarm.MuxedStream;
import io.peerup.swarm.OneLine;
import io.peerup.swarm.ProtocolId;
import io.peerup.swarm.Swarm;
import io.peerup.swarm.SwarmEvent;
import io.peerup.swarm.strands.Strands;
import io.peerup.wire.Delimited;
import io.peerup.wire.ProtocolViolation;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Identify on every connection: asks each new one, answers whoever asks, and pushes to those who listen when our own
 * protocols or addresses change.
 */
public final class Identify {
    /** Asked once a connection, by both sides. */
    public static final ProtocolId ID = ProtocolId.of("/ipfs/id/1.0.0");

    /** Told unasked. */
    public static final ProtocolId PUSH_ID = ProtocolId.of("/ipfs/id/push/1.0.0");

    private static final Logger LOG = LoggerFactory.getLogger(Identify.class);
    private static final Duration PUSH_DELAY = Duration.ofMillis(100);

    private final Swarm swarm;
    private final OwnClaims own;
    private final Strands.StrandScope stories;
    private final AtomicBoolean pushDue = new AtomicBoolean();

    private Identify(Swarm swarm, OwnClaims own) {
        this.swarm = swarm;
        this.own = own;
        this.stories = swarm.strands().open("identify");
    }

    /** Begins: registers both protocols and listens to the swarm. */
    public static Identify start(Swarm swarm, OwnClaims own) {
        Identify identify = new Identify(swarm, own);
        swarm.handle(new IdentifyProtocol(identify::answer));
        swarm.handle(new IdentifyPushProtocol(identify::learn, swarm.strands()));
        swarm.subscribe(identify::heard);
        return identify;
    }

    /** Gives up pushes under way. Waits. */
    public void close() {
        stories.close();
    }

    private void heard(SwarmEvent event) {
        switch (event) {
            case SwarmEvent.ConnectionOpened(Connection connection) -> ask(connection);
            case SwarmEvent.LocalProtocolsChanged changed -> pushSoon();
            case SwarmEvent.SelfAddressesChanged changed -> pushSoon();
            case SwarmEvent.ConnectionClosed closed -> {}
            case SwarmEvent.ConnectionGated gated -> {}
            case SwarmEvent.Listening listening -> {}
            case SwarmEvent.PeerIdentified identified -> {}
            case SwarmEvent.ProtocolsChanged changed -> {}
            case SwarmEvent.AddressObserved observed -> {}
        }
    }

    private void ask(Connection connection) {
        connection
                .openStream(List.of(ID), LimitedConnections.ALLOWED, opened -> {
                    opened.stream().finish();
                    return IdentifyReceiver.receive(opened.stream());
                })
                .thenCompose(answer -> answer)
                .whenComplete((message, failure) -> {
                    if (failure != null) {
                        LOG.debug("{} did not say who it is: {}", connection, OneLine.of(failure));
                    } else {
                        learn(connection, message);
                    }
                });
    }

    private void learn(Connection connection, IdentifyMessage message) {
        try {
            swarm.identified(connection, Claims.believe(message, connection.remotePeer(), connection.remote()));
        } catch (ProtocolViolation violation) {
            LOG.warn("{} says it is somebody else: {}", connection, violation.getMessage());
        }
    }

    private void answer(MuxedStream stream, Connection connection) {
        for (byte[] message : IdentifyWriter.write(own.to(connection.remote()))) {
            stream.channel().write(Unpooled.wrappedBuffer(Delimited.write(message)));
        }
        stream.channel().flush();
        stream.finish();
    }

    /** Changes that come together are told together. */
    private void pushSoon() {
        if (pushDue.compareAndSet(false, true)) {
            stories.fork("push", () -> {
                swarm.strands().sleep(PUSH_DELAY);
                pushDue.set(false);
                swarm.connections().forEach(this::push);
                return pushDue;
            });
        }
    }

    private void push(Connection connection) {
        boolean listens = swarm.identified(connection.remotePeer())
                .filter(peer -> peer.protocols().contains(PUSH_ID))
                .isPresent();
        if (listens) {
            connection
                    .openStream(List.of(PUSH_ID), LimitedConnections.ALLOWED, opened -> {
                        answer(opened.stream(), connection);
                        return opened;
                    })
                    .whenComplete((opened, refused) -> {
                        if (refused != null) {
                            LOG.debug("{} takes no push: {}", connection, OneLine.of(refused));
                        }
                    });
        }
    }
}
