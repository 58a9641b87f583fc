package io.peerup.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Signatures at the edges of RFC 8032, with what go makes of them. */
class Ed25519Test {

    static Stream<List<String>> vectors() {
        return Vectors.read("ed25519.tsv");
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void nothingIsAcceptedThatGoRefuses(List<String> vector) throws ProtocolViolation {
        boolean acceptedByGo = Boolean.parseBoolean(vector.get(4));

        if (!acceptedByGo || vector.getFirst().equals("honest")) {
            assertThat(isAccepted(vector)).isEqualTo(acceptedByGo);
        }
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void aKeyOfSmallOrderSignsNothing(List<String> vector) throws ProtocolViolation {
        if (vector.getFirst().equals("all of small order")) {
            assertThat(isAccepted(vector)).isFalse();
        }
    }

    @Property
    void anyBytesAreJudgedAndNoneAccepted(
            @ForAll @Size(32) byte[] key, @ForAll @Size(64) byte[] signature, @ForAll byte[] message)
            throws ProtocolViolation {
        assertThat(PublicKey.fromRaw(KeyType.ED25519, key).verify(message, signature))
                .isFalse();
    }

    private static boolean isAccepted(List<String> vector) throws ProtocolViolation {
        HexFormat hex = HexFormat.of();
        return PublicKey.fromRaw(KeyType.ED25519, hex.parseHex(vector.get(1)))
                .verify(hex.parseHex(vector.get(2)), hex.parseHex(vector.get(3)));
    }
}
