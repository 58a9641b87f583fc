package io.peerup.identify.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerup.identify.Samples;
import io.peerup.identify.netty.IdentifyProtocol;
import io.peerup.identify.netty.IdentifyPushProtocol;
import io.peerup.identify.netty.IdentifySender;
import io.peerup.identify.netty.Ping;
import io.peerup.identify.netty.PingProtocol;
import io.peerup.swarm.CloseReason;
import io.peerup.swarm.Connection;
import io.peerup.swarm.Connection.LimitedConnections;
import io.peerup.swarm.ErrorCode;
import io.peerup.swarm.IdentifiedPeer;
import io.peerup.swarm.MuxedStream;
import io.peerup.swarm.ProtocolId;
import io.peerup.swarm.StreamProtocol;
import io.peerup.swarm.SwarmEvent;
import io.peerup.wire.Multiaddr;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Identify and ping between real swarms over tcp, noise and yamux. */
class TwoSwarmsTest {
    private static final ProtocolId FRESH = ProtocolId.of("/fresh/1");
    private static final long PATIENCE_SECONDS = 30;

    private final List<TestNode> nodes = new ArrayList<>();

    @AfterEach
    void stop() throws InterruptedException {
        for (TestNode node : nodes) {
            node.close();
        }
    }

    @Test
    void bothSidesLearnWhoIsThere() throws Exception {
        TestNode server = node().identifying("server/1").listening();
        TestNode client = node().identifying("client/1").listening();
        Connection connection = client.dial(server);

        IdentifiedPeer seenByClient = client.awaitPeer(server.peerId(), peer -> true);
        assertThat(seenByClient.agent()).isEqualTo("server/1");
        assertThat(seenByClient.protocols())
                .isEqualTo(Set.of(IdentifyProtocol.ID, IdentifyPushProtocol.ID, PingProtocol.ID));
        assertThat(seenByClient.addresses())
                .isEqualTo(server.swarm().selfAddresses().listening());
        assertThat(seenByClient.observed()).contains(connection.local());

        IdentifiedPeer seenByServer = server.awaitPeer(client.peerId(), peer -> true);
        assertThat(seenByServer.agent()).isEqualTo("client/1");
        assertThat(seenByServer.observed()).contains(connection.remote());
    }

    @Test
    void twoHundredDialsOneAfterTheOtherAllStand() throws Exception {
        TestNode server = node().identifying("server/1").listening();
        TestNode client = node().identifying("client/1");
        for (int i = 0; i < 200; i++) {
            client.dial(server).close(ErrorCode.NONE);
        }
    }

    @Test
    void protocolsThatComeAndGoArePushed() throws Exception {
        TestNode server = node().identifying("server/1").listening();
        TestNode client = node().identifying("client/1");
        client.dial(server);
        client.awaitPeer(server.peerId(), peer -> true);
        server.awaitPeer(client.peerId(), peer -> true);

        server.swarm().handle(new Silent(FRESH));
        client.awaitPeer(server.peerId(), peer -> peer.protocols().contains(FRESH));
        server.swarm().unhandle(FRESH);
        client.awaitPeer(server.peerId(), peer -> !peer.protocols().contains(FRESH));
    }

    @Test
    void anAddressThatComesIsPushed() throws Exception {
        TestNode server = node().identifying("server/1").listening();
        TestNode client = node().identifying("client/1");
        client.dial(server);
        client.awaitPeer(server.peerId(), peer -> true);
        server.awaitPeer(client.peerId(), peer -> true);

        List<Multiaddr> fresh = client.listening().swarm().selfAddresses().listening();
        assertThat(server.awaitPeer(client.peerId(), peer -> !peer.addresses().isEmpty())
                        .addresses())
                .isEqualTo(fresh);
    }

    @Test
    void everyListenerIsPushedTo() throws Exception {
        TestNode server = node().identifying("server/1").listening();
        List<TestNode> clients = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            TestNode client = node().identifying("client/" + i);
            client.dial(server);
            server.awaitPeer(client.peerId(), peer -> true);
            clients.add(client);
        }
        server.swarm().handle(new Silent(FRESH));
        for (TestNode client : clients) {
            client.awaitPeer(server.peerId(), peer -> peer.protocols().contains(FRESH));
        }
    }

    @Test
    void aPeerCanBeFoundAgainAfterALongConnectionHasEnded() throws Exception {
        TestNode server = node().identifying("server/1").listening();
        TestNode client = node().identifying("client/1");
        Connection connection = client.dial(server);
        client.awaitPeer(server.peerId(), peer -> true);
        client.jumpAhead(Duration.ofDays(1));
        CompletableFuture<Boolean> gone = new CompletableFuture<>();
        client.swarm().subscribe(event -> {
            if (event instanceof SwarmEvent.ConnectionClosed closed) {
                gone.complete(closed.last());
            }
        });
        connection.close(ErrorCode.NONE);
        assertThat(gone.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(client.swarm()
                        .addressBook()
                        .addresses(server.peerId(), client.swarm().strands().nanoTime()))
                .isEqualTo(server.swarm().selfAddresses().listening());
    }

    @Test
    void whoSaysToBeSomebodyElseIsNotBelieved() throws Exception {
        TestNode honest = node().identifying("honest/1").listening();
        TestNode liar = node();
        CompletableFuture<CloseReason> lied = new CompletableFuture<>();
        liar.swarm().handle(new Lie(lied));
        Connection connection = liar.dial(honest);
        assertThat(lied.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isEqualTo(new CloseReason.Finished());

        connection
                .openStream(
                        List.of(IdentifyPushProtocol.ID),
                        LimitedConnections.ALLOWED,
                        opened -> IdentifySender.send(opened.stream(), Samples.message(liar.identity())))
                .toCompletableFuture()
                .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        honest.awaitPeer(liar.peerId(), peer -> true);
        assertThat(honest.identified()).extracting(IdentifiedPeer::agent).containsExactly("sample/1");
    }

    @Test
    void pingsAreAnsweredOverOneStream() throws Exception {
        TestNode server = node().identifying("server/1").listening();
        TestNode client = node().identifying("client/1");
        try (Ping ping = Ping.over(client.dial(server), System::nanoTime)) {
            for (int round = 0; round < 20; round++) {
                assertThat(ping.round(Ping.PATIENCE).toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS))
                        .isInstanceOf(Ping.Outcome.Answered.class);
            }
        }
    }

    @Test
    void aPeerWithoutPingIsSaidSo() throws Exception {
        TestNode server = node().listening();
        TestNode client = node().identifying("client/1");
        assertThat(Ping.once(client.dial(server), Ping.PATIENCE, System::nanoTime)
                        .toCompletableFuture()
                        .get(PATIENCE_SECONDS, TimeUnit.SECONDS))
                .isEqualTo(new Ping.Outcome.Failed("the peer does not speak /ipfs/ping/1.0.0"));
    }

    private TestNode node() {
        TestNode node = new TestNode();
        nodes.add(node);
        return node;
    }

    /** Accepts and says nothing. */
    private record Silent(ProtocolId id) implements StreamProtocol {
        @Override
        public boolean allowedOnLimitedConnections() {
            return true;
        }

        @Override
        public void attach(MuxedStream stream, Connection connection) {
            stream.finish();
        }
    }

    /** Answers identify with a stranger's key. */
    private record Lie(CompletableFuture<CloseReason> over) implements StreamProtocol {
        @Override
        public ProtocolId id() {
            return IdentifyProtocol.ID;
        }

        @Override
        public boolean allowedOnLimitedConnections() {
            return true;
        }

        @Override
        public void attach(MuxedStream stream, Connection connection) {
            stream.closed().thenAccept(over::complete);
            IdentifySender.send(stream, Samples.message(Samples.STRANGER));
        }
    }
}
