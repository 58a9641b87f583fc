package io.peerup.identify.service;

import static io.peerup.identify.Samples.SELF;
import static io.peerup.identify.Samples.address;
import static io.peerup.identify.Samples.addresses;
import static org.assertj.core.api.Assertions.assertThat;

import io.peerup.identify.IdentifyMessage;
import io.peerup.identify.Introduction;
import io.peerup.swarm.ProtocolId;
import io.peerup.wire.Multiaddr;
import io.peerup.wire.PeerRecord;
import io.peerup.wire.ProtocolViolation;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AnswersTest {
    private static final Multiaddr INTERNET = address("/ip4/11.0.0.9/tcp/5000");
    private static final Multiaddr MACHINE = address("/ip4/127.0.0.1/tcp/5000");

    private Set<ProtocolId> protocols = Set.of(ProtocolId.of("/a"));
    private List<Multiaddr> advertised = addresses("/ip4/127.0.0.1/tcp/1", "/ip4/11.0.0.1/tcp/1");
    private long unixNanos = 1000;
    private int gathered;
    private final Answers answers = new Answers(
            Introduction.of(SELF, "test/1"),
            () -> protocols,
            () -> {
                gathered++;
                return advertised;
            },
            () -> unixNanos);

    @Test
    void everyListenerIsToldWhereItIsSeen() {
        assertThat(answers.to(INTERNET).message().observed()).contains(INTERNET);
        assertThat(answers.to(MACHINE).message().observed()).contains(MACHINE);
    }

    @Test
    void everyAudienceHasItsAddresses() {
        assertThat(answers.to(INTERNET).message().listenAddresses()).isEqualTo(addresses("/ip4/11.0.0.1/tcp/1"));
        assertThat(answers.to(MACHINE).message().listenAddresses()).hasSize(2);
    }

    @Test
    void factsAreGatheredAndSignedOnceAChange() throws Exception {
        long sequence = sequence(answers.to(INTERNET).message());
        unixNanos += 1000;
        assertThat(sequence(answers.to(INTERNET).message())).isEqualTo(sequence);
        assertThat(gathered).isEqualTo(1);
        advertised = addresses("/ip4/11.0.0.2/tcp/1");
        answers.outdated();
        assertThat(sequence(answers.to(INTERNET).message())).isEqualTo(unixNanos);
        assertThat(gathered).isEqualTo(2);
    }

    @Test
    void aChangeIsANewVersion() {
        assertThat(answers.version()).isEqualTo(1);
        protocols = Set.of(ProtocolId.of("/b"));
        assertThat(answers.version()).isEqualTo(1);
        answers.outdated();
        assertThat(answers.version()).isEqualTo(2);
        assertThat(answers.to(INTERNET).version()).isEqualTo(2);
        assertThat(answers.to(INTERNET).message().protocols()).containsExactly(ProtocolId.of("/b"));
    }

    @Test
    void aChangeBackIsNoNewVersion() {
        assertThat(answers.version()).isEqualTo(1);
        answers.outdated();
        assertThat(answers.version()).isEqualTo(1);
    }

    private static long sequence(IdentifyMessage message) throws ProtocolViolation {
        return PeerRecord.open(message.signedPeerRecord().orElseThrow()).seq();
    }
}
