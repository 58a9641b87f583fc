package io.peerup.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The same addresses, right and wrong, as go-multiaddr understands them. */
class MultiaddrVectorsTest {
    /** Each family of addresses has a protocol of its own, though go reads either in both. */
    private static final Set<String> STRICTER_THAN_GO = Set.of("/ip6/1.2.3.4", "/ip4/::ffff:1.2.3.4");

    private static final Set<AddressScope> PRIVATE_IN_GO =
            EnumSet.of(AddressScope.LOOPBACK, AddressScope.LINK_LOCAL, AddressScope.PRIVATE);

    static Stream<List<String>> accepted() {
        return vectors().filter(vector -> !vector.get(1).equals("-"));
    }

    static Stream<String> refused() {
        return Stream.concat(
                STRICTER_THAN_GO.stream(),
                vectors().filter(vector -> vector.get(1).equals("-")).map(List::getFirst));
    }

    private static Stream<List<String>> vectors() {
        return Vectors.read("multiaddrs.tsv").filter(vector -> !STRICTER_THAN_GO.contains(vector.getFirst()));
    }

    @ParameterizedTest
    @MethodSource("accepted")
    void textAndBytesAreThoseOfGo(List<String> vector) throws ProtocolViolation {
        Multiaddr address = Multiaddr.parse(vector.getFirst());
        byte[] bytes = HexFormat.of().parseHex(vector.get(1));

        assertThat(address.bytes()).isEqualTo(bytes);
        assertThat(address).hasToString(vector.get(2));
        assertThat(Multiaddr.fromBytes(bytes)).isEqualTo(address).hasSameHashCodeAs(address);
        assertThat(Multiaddr.parse(address.toString())).isEqualTo(address);
    }

    @ParameterizedTest
    @MethodSource("accepted")
    void theScopeIsThatOfGo(List<String> vector) throws ProtocolViolation {
        AddressScope scope = Multiaddr.parse(vector.getFirst()).scope();
        List<String> classes = List.of(vector.get(3).split(" "));

        assertThat(scope == AddressScope.PUBLIC).isEqualTo(classes.contains("public"));
        assertThat(scope == AddressScope.UNSPECIFIED).isEqualTo(classes.contains("unspecified"));
        assertThat(PRIVATE_IN_GO.contains(scope))
                .isEqualTo(classes.contains("private") || classes.contains("loopback"));
        if (classes.contains("loopback")) {
            assertThat(scope).isEqualTo(AddressScope.LOOPBACK);
        }
        if (classes.contains("link-local") && classes.contains("private")) {
            assertThat(scope).isEqualTo(AddressScope.LINK_LOCAL);
        }
    }

    @ParameterizedTest
    @MethodSource("refused")
    void whatGoRefusesIsRefused(String text) {
        assertThatThrownBy(() -> Multiaddr.parse(text)).isInstanceOf(ProtocolViolation.class);
    }
}
