package io.peerup.host.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.peerup.wire.PeerId;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is in the file: adding a peer and removing it again changes nothing for the others, and no byte of them. */
class AuthorizedKeysFuzzTest {
    private static final PeerId PEER = Peers.ADA;

    static Stream<byte[]> seeds() {
        return Stream.of(
                        "# home\n" + PEER + " # laptop\n\n" + Peers.BOB + "\r\n",
                        "\uFEFF" + PEER,
                        PEER + "#\u00e4\n nonsense here\n\t" + Peers.BOB + " ")
                .map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    @MethodSource("seeds")
    @FuzzTest
    void anEditTouchesItsPeerOnly(byte[] bytes) {
        AuthorizedKeysText text = AuthorizedKeysText.of(bytes);
        AuthorizedKeysReport before = text.report();
        assertThat(text.bytes()).isEqualTo(bytes);
        AuthorizedKeysReport without = text.without(PEER).report();
        assertThat(without.peers())
                .isEqualTo(before.peers().stream()
                        .filter(peer -> !peer.id().equals(PEER))
                        .toList());
        assertThat(without.badLines()).hasSameSizeAs(before.badLines());
        AuthorizedKeysReport with = text.with(new AuthorizedPeer(PEER, "new")).report();
        assertThat(with.badLines()).isEqualTo(before.badLines());
        assertThat(with.peers()).hasSize(before.peers().size() + 1);
        assertThat(with.peers().subList(0, before.peers().size())).isEqualTo(before.peers());
    }
}
