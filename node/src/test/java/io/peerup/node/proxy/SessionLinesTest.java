package io.peerup.node.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerup.node.proxy.Session.Path;
import io.peerup.node.proxy.Session.Side;
import io.peerup.node.proxy.netty.Traffic;
import io.peerup.swarm.CloseReason;
import io.peerup.swarm.ConnectionLimit;
import io.peerup.swarm.ErrorCode;
import io.peerup.wire.Identity;
import io.peerup.wire.PeerId;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SessionLinesTest {
    private static final PeerId PEER = Identity.generate().peerId();
    private static final Traffic SOME = new Traffic(12, 34);

    private final Session client = new Session("ssh", PEER, Side.CLIENT, Path.DIRECT, Optional.empty());

    @Test
    void anOpenSessionSaysByWhichPath() {
        assertThat(new SessionEvent.Opened(client).line())
                .isEqualTo("service ssh: connected to " + PEER.shortId() + " [DIRECT]");
        Session relayed = new Session(
                "ssh",
                PEER,
                Side.SERVICE,
                Path.RELAYED,
                Optional.of(new ConnectionLimit(Optional.of(Duration.ofMinutes(10)), Optional.empty())));
        assertThat(new SessionEvent.Opened(relayed).line())
                .isEqualTo("service ssh: a client at " + PEER.shortId() + " [RELAYED, limited by the relay]");
    }

    @Test
    void aLimitOfTheRelayIsToldWithWhatToDo() {
        assertThat(ended(new CloseReason.RelayLimitReached("64 MiB per direction"), SOME))
                .isEqualTo("service ssh: the relay ended the session: its limit of 64 MiB per direction was reached;"
                        + " ask the relay's owner to raise session_data_limit (12 bytes to the peer, 34 from it)");
        assertThat(ended(new CloseReason.RelayLimitReached("10 min"), SOME))
                .contains("its limit of 10 min was reached; ask the relay's owner to raise session_duration");
    }

    @Test
    void aPeerThatRefusesIsToldWithWhatToDo() {
        assertThat(ended(new CloseReason.Remote(ErrorCode.GATED.streamCode()), SOME))
                .contains(
                        PEER.shortId() + " does not let this node use the service", "peerup auth add", "allowed_peers");
        assertThat(ended(new CloseReason.Remote(ErrorCode.RESOURCE_LIMIT_EXCEEDED.streamCode()), SOME))
                .contains("too many sessions");
        assertThat(ended(new CloseReason.Remote(ErrorCode.SHUTDOWN.streamCode()), SOME))
                .contains("is shutting down");
    }

    @Test
    void aPeerThatBreaksOffBeforeItSaidAnythingMayHaveNoServiceRunning() {
        assertThat(ended(new CloseReason.Remote(0), new Traffic(10, 0))).contains("is the service running there?");
        assertThat(ended(new CloseReason.Remote(0), SOME)).contains("broke off").doesNotContain("running");
    }

    @Test
    void aBrokenCarrierIsNotTakenForABrokenClient() {
        assertThat(ended(new CloseReason.Failed(new IOException("no route")), SOME))
                .contains("the stream to " + PEER.shortId() + " failed: no route");
    }

    private String ended(CloseReason reason, Traffic traffic) {
        return new SessionEvent.Ended(client, traffic, Duration.ofSeconds(1), reason).line();
    }
}
