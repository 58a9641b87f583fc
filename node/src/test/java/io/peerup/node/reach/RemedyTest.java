package io.peerup.node.reach;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerup.wire.Identity;
import io.peerup.wire.PeerId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RemedyTest {
    private static final PeerId SELF = Identity.generate().peerId();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/ip4/10.0.0.1/tcp/7777 (the connection was closed)              | relay-server authorize",
                "the connection was lost                                         | relay-server authorize",
                "/ip4/10.0.0.1/tcp/7777 (recvAddress(..) failed: Connection reset by peer) | relay-server authorize",
                "/ip4/10.0.0.1/tcp/7777 (TOKEN_LENGTH: a token longer than 1024) | is no relay, check relay.addresses",
                "/ip4/10.0.0.1/tcp/7777 (UNEXPECTED_PEER: dialed one but another answered) | correct the peer ID",
                "/dns4/relay.example/tcp/7777 (no transport for it)              | IP address"
            })
    void aRelayThatDoesNotTakeUsComesWithWhatToDo(String problem, String remedy) {
        assertThat(Remedy.atRelay(problem, SELF)).startsWith("; ").contains(remedy);
    }

    @ParameterizedTest
    @CsvSource({"connection refused", "no answer within 5 s", "no route to it; is the network up?"})
    void whatSaysItAllComesWithoutAdvice(String problem) {
        assertThat(Remedy.atRelay(problem, SELF)).isEmpty();
    }
}
