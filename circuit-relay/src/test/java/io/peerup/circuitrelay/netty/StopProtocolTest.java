package io.peerup.circuitrelay.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerup.circuitrelay.Peer;
import io.peerup.circuitrelay.Samples;
import io.peerup.circuitrelay.StatusCode;
import io.peerup.circuitrelay.StopCodec;
import io.peerup.circuitrelay.StopMessage;
import io.peerup.noise.netty.Noise;
import io.peerup.swarm.CloseReason;
import io.peerup.swarm.ConnectionGater;
import io.peerup.swarm.UpgradedConnection;
import io.peerup.swarm.Upgrader;
import io.peerup.swarm.limits.ResourceLimits;
import io.peerup.swarm.limits.ResourceScopes;
import io.peerup.wire.Delimited;
import io.peerup.wire.Multiaddr;
import io.peerup.yamux.YamuxConfig;
import io.peerup.yamux.netty.Yamux;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The destination's side against a raw relay. */
class StopProtocolTest {
    private static final String SELECT = "\u0013/multistream/1.0.0\n";
    private static final String NOISE = "\u0007/noise\n";

    private final FakeStream stream = new FakeStream();
    private final FakeConnection relay = FakeConnection.direct(1);
    private final List<UpgradedConnection> accepted = new ArrayList<>();
    private final StopProtocol protocol = protocol(ConnectionGater.open());

    @AfterEach
    void leaveNothing() {
        stream.reset(0);
        stream.channel.checkException();
        assertThat(accepted).isEmpty();
    }

    @Test
    void aCircuitIsAcceptedAndTheUpgradeBegins() {
        announce(protocol);
        assertThat(stream.sent()).isEqualTo(glued(status(StatusCode.OK), SELECT));
    }

    @Test
    void bytesGluedToTheAnnouncementReachTheUpgrade() {
        protocol.acceptTo(accepted::add);
        protocol.attach(stream, relay);
        stream.receive(glued(announcement(3), SELECT + NOISE));
        assertThat(stream.sent()).isEqualTo(glued(status(StatusCode.OK), SELECT + NOISE));
    }

    @Test
    void aHandshakeThatIsNoneEndsTheCircuit() {
        announce(protocol);
        stream.receive((SELECT + NOISE + "\u0000\u0002xx").getBytes(StandardCharsets.ISO_8859_1));
        assertThat(stream.finished()).isTrue();
    }

    @Test
    void anUpgradeThatDoesNotGetAnywhereIsGivenUp() {
        announce(protocol);
        stream.pass(15);
        assertThat(stream.finished()).isTrue();
    }

    @Test
    void garbageIsMalformed() {
        protocol.attach(stream, relay);
        stream.receive(new byte[] {2, 8, 99});
        assertThat(stream.sent()).isEqualTo(status(StatusCode.MALFORMED_MESSAGE));
    }

    @Test
    void aStatusIsUnexpected() {
        protocol.attach(stream, relay);
        stream.receive(status(StatusCode.OK));
        assertThat(stream.sent()).isEqualTo(status(StatusCode.UNEXPECTED_MESSAGE));
    }

    @Test
    void silenceIsResetAfterAMinute() {
        protocol.attach(stream, relay);
        stream.pass(60);
        assertThat(stream.closed()).isCompletedWithValue(new CloseReason.Local(0));
    }

    @Test
    void noCircuitComesOverACircuit() {
        protocol.acceptTo(accepted::add);
        protocol.attach(stream, new FakeConnection(1, "/ip4/10.0.0.9/tcp/1/p2p/" + Samples.peer(9) + "/p2p-circuit"));
        stream.receive(announcement(3));
        assertThat(stream.sent()).isEqualTo(status(StatusCode.PERMISSION_DENIED));
    }

    @Test
    void theGateIsAskedFirst() {
        announce(protocol(new ConnectionGater() {
            @Override
            public boolean allowsAccept(Multiaddr local, Multiaddr remote) {
                return remote.peerId().filter(Samples.peer(3)::equals).isEmpty();
            }
        }));
        assertThat(stream.sent()).isEqualTo(status(StatusCode.PERMISSION_DENIED));
    }

    @Test
    void nobodyIsConnectedToItself() {
        protocol.acceptTo(accepted::add);
        protocol.attach(stream, relay);
        stream.receive(announcement(2));
        assertThat(stream.sent()).isEqualTo(status(StatusCode.CONNECTION_FAILED));
    }

    @Test
    void whoeverDoesNotListenTakesNoCircuit() {
        protocol.attach(stream, relay);
        stream.receive(announcement(3));
        assertThat(stream.sent()).isEqualTo(status(StatusCode.CONNECTION_FAILED));
    }

    private void announce(StopProtocol to) {
        to.acceptTo(accepted::add);
        to.attach(stream, relay);
        stream.receive(announcement(3));
    }

    private static StopProtocol protocol(ConnectionGater gater) {
        return new StopProtocol(
                Samples.peer(2),
                new Upgrader(
                        List.of(Noise.of(Samples.identity(2))),
                        List.of(new Yamux(YamuxConfig.defaults())),
                        gater,
                        new ResourceScopes(ResourceLimits.defaults(), () -> 0),
                        Duration.ofSeconds(15)));
    }

    private static byte[] announcement(int source) {
        return Delimited.write(StopCodec.encode(
                new StopMessage.Connect(Peer.of(Samples.peer(source)), Optional.of(Samples.limit(60, 1000)))));
    }

    private static byte[] status(StatusCode status) {
        return Delimited.write(StopCodec.encode(new StopMessage.Status(status)));
    }

    private static byte[] glued(byte[] one, String two) {
        byte[] tail = two.getBytes(StandardCharsets.UTF_8);
        byte[] both = new byte[one.length + tail.length];
        System.arraycopy(one, 0, both, 0, one.length);
        System.arraycopy(tail, 0, both, one.length, tail.length);
        return both;
    }
}
