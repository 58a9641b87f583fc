package io.peerup.testkit.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerup.swarm.Connection;
import io.peerup.swarm.ConnectionGater;
import io.peerup.swarm.ErrorCode;
import io.peerup.swarm.MuxedStream;
import io.peerup.swarm.ProtocolId;
import io.peerup.swarm.SwarmConfig;
import io.peerup.swarm.limits.ResourceLimits;
import io.peerup.swarm.limits.ScopeLimits;
import io.peerup.testkit.streams.EmbeddedStream;
import io.peerup.wire.Identity;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Streams that the peer opens, who is the test. */
class ServedStreamsTest {
    private static final Identity PEER = Identity.generate();
    private static final String HEADER = "\23/multistream/1.0.0\n";
    private static final String PROPOSAL = "\14/echo/1.0.0\n";
    private static final ResourceLimits LIMITS = ResourceLimits.unlimited()
            .withConnection(ScopeLimits.unlimited().withStreams(3, 2))
            .withPeer(ScopeLimits.unlimited().withStreams(4, ScopeLimits.UNLIMITED));
    private static final OptionalLong FULL = OptionalLong.of(0x1002);

    private final SimNode node =
            new SimNode(SwarmConfig.defaults().withLimits(LIMITS), ConnectionGater.open()).listening();
    private final Served echo = new Served(ProtocolId.of("/echo/1.0.0"));
    private final FakeMuxed muxed = node.accept(PEER);

    @AfterEach
    void discard() {
        node.transport.connections.forEach(FakeMuxed::discard);
    }

    @Test
    void aProtocolGetsTheStreamsThatAskForIt() {
        node.swarm.handle(echo);
        EmbeddedStream stream = opens(HEADER + PROPOSAL);
        assertThat(sent(stream)).isEqualTo(HEADER + PROPOSAL);
        assertThat(echo.streams).containsExactly(stream);
    }

    @Test
    void whatIsServedNoMoreIsRefused() {
        node.swarm.handle(echo);
        node.swarm.unhandle(echo.id());
        EmbeddedStream stream = opens(HEADER + PROPOSAL);
        assertThat(sent(stream)).isEqualTo(HEADER + "\3na\n");
        assertThat(echo.streams).isEmpty();
    }

    @Test
    void oneProtocolHasItsOwnLimit() {
        node.swarm.handle(echo);
        EmbeddedStream first = opens(HEADER + PROPOSAL);
        opens(HEADER + PROPOSAL);
        assertThat(opens(HEADER + PROPOSAL).resetCode()).isEqualTo(FULL);
        assertThat(echo.streams).hasSize(2);

        first.receiveReset(0);
        assertThat(opens(HEADER + PROPOSAL).resetCode()).isEmpty();
    }

    @Test
    void aConnectionHasALimitAlsoForStreamsThatAgreeOnNothing() {
        EmbeddedStream first = opens("");
        opens(HEADER);
        opens("");
        assertThat(opens("").resetCode()).isEqualTo(FULL);
        first.receiveReset(0);
        assertThat(opens("").resetCode()).isEmpty();
    }

    @Test
    void aPeerHasALimitOverAllOfItsConnections() {
        FakeMuxed second = node.accept(PEER);
        opens("");
        opens("");
        second.opensStream();
        second.opensStream();
        assertThat(second.opensStream().resetCode()).isEqualTo(FULL);
        assertThat(node.accept(Identity.generate()).opensStream().resetCode()).isEmpty();
    }

    @Test
    void whenAllHaveEndedNothingIsHeld() {
        node.swarm.handle(echo);
        opens(HEADER + PROPOSAL);
        opens(HEADER);
        opens("");
        opens("");
        discard();
        assertThat(node.swarm.resources().held().values()).containsOnly(0L);
        assertThat(node.swarm.resources().heldUnderWay().values()).containsOnly(0L);
        assertThat(node.swarm.resources().sharedScopes()).isZero();
    }

    @Test
    void aPeerThatSaysNothingIsResetInTime() {
        EmbeddedStream silent = opens("");
        silent.advance(Duration.ofSeconds(10));
        assertThat(silent.resetCode()).hasValue(ErrorCode.PROTOCOL_NEGOTIATION_FAILED.streamCode());
    }

    @Test
    void aPeerThatBreaksTheRulesIsResetForThat() {
        assertThat(opens("\0\0\0\0").resetCode()).hasValue(ErrorCode.PROTOCOL_VIOLATION.streamCode());
    }

    @Test
    void onALimitedConnectionAProtocolThatMustNotBeCutIsNotSpoken() {
        node.swarm.handle(echo);
        EmbeddedStream stream = node.acceptLimited(Identity.generate()).opensStream();
        stream.receive((HEADER + PROPOSAL).getBytes(StandardCharsets.US_ASCII));
        assertThat(sent(stream)).isEqualTo(HEADER + "\3na\n");
    }

    @Test
    void aProtocolThatFailsLeavesNoStreamBehind() {
        node.swarm.handle(new Served(echo.id()) {
            @Override
            public void attach(MuxedStream stream, Connection connection) {
                throw new IllegalStateException("a bug");
            }
        });
        assertThat(opens(HEADER + PROPOSAL).channel().isOpen()).isFalse();
        assertThat(muxed.isOpen()).isTrue();
    }

    private EmbeddedStream opens(String said) {
        EmbeddedStream stream = muxed.opensStream();
        if (!said.isEmpty()) {
            stream.receive(said.getBytes(StandardCharsets.US_ASCII));
        }
        return stream;
    }

    private static String sent(EmbeddedStream stream) {
        stream.advance(Duration.ZERO);
        return new String(stream.sent(), StandardCharsets.US_ASCII);
    }
}
