package io.peerup.host.authorization;

import static io.peerup.host.authorization.Peers.ADA;
import static io.peerup.host.authorization.Peers.BOB;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class AuthorizedKeysTextTest {
    @Property
    void anyBytesGiveAReport(@ForAll byte[] anything) {
        AuthorizedKeysText text = AuthorizedKeysText.of(anything);

        assertThat(text.report()).isNotNull();
        assertThat(text.bytes()).isEqualTo(anything);
    }

    @Property
    void addingAndRemovingKeepsEverythingElse(@ForAll("files") String content) {
        AuthorizedKeysText before = AuthorizedKeysText.of(content.getBytes(StandardCharsets.UTF_8));

        AuthorizedKeysText added = before.with(new AuthorizedPeer(BOB, "b"));

        List<AuthorizedPeer> expected = new ArrayList<>(before.report().peers());
        expected.add(new AuthorizedPeer(BOB, "b"));
        assertThat(added.report().peers()).isEqualTo(expected);
        assertThat(added.report().badLines()).isEqualTo(before.report().badLines());
        expected.removeIf(peer -> peer.id().equals(BOB));
        assertThat(added.without(BOB).report().peers()).isEqualTo(expected);
        assertThat(added.without(BOB).report().badLines())
                .hasSameSizeAs(before.report().badLines());
    }

    @Property
    void aCommentIsOneLineThatReadsBackTheSame(@ForAll String comment) {
        AuthorizedPeer peer = new AuthorizedPeer(ADA, comment);

        AuthorizedKeysText text = AuthorizedKeysText.of(new byte[0]).with(peer);

        assertThat(text.report().peers()).containsExactly(peer);
        assertThat(text.report().isValid()).isTrue();
    }

    @Provide
    Arbitrary<String> files() {
        Arbitrary<String> lines = Arbitraries.of(
                ADA.toString(), ADA + " # a", "  " + BOB, "# note", "", "junk", ADA + " junk", "\t#" + BOB, BOB + "#");
        Arbitrary<String> ends = Arbitraries.of("\n", "\r\n", "\n\n");
        return lines.list()
                .ofMaxSize(8)
                .flatMap(all -> ends.map(end -> String.join(end, all)))
                .flatMap(text -> Arbitraries.of("", "\n", "\r\n").map(last -> text + last));
    }
}
