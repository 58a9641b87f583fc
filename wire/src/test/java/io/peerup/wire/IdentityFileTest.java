package io.peerup.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The golden identities of the product: file, multihash and name from a seed. */
class IdentityFileTest {
    private static final String GOLDEN = """
            000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f, \
            03a107bff3ce10be1d70dd18e74bc09967e4d6309ba50d5f1ddc8664125531b8, \
            12D3KooWA4Xop1JaT3MHxwYMkCepYsv4iPVopMXwCz5iHYdBfeSB
            202122232425262728292a2b2c2d2e2f303132333435363738393a3b3c3d3e3f, \
            29acbae141bccaf0b22e1a94d34d0bc7361e526d0bfe12c89794bc9322966dd7, \
            12D3KooWCd3eX8r5ihRvzK7P1yPq5aakaBJhG5GNj18YTztPhoCa
            """;

    @ParameterizedTest
    @CsvSource(textBlock = GOLDEN)
    void aSeedHasThisFileAndThisName(String seed, String publicKey, String name) throws ProtocolViolation {
        Identity identity = Identity.ofEd25519Seed(HexFormat.of().parseHex(seed));

        assertThat(identity.toProtobuf()).asHexString().isEqualToIgnoringCase("08011240" + seed + publicKey);
        assertThat(identity.peerId().bytes()).asHexString().isEqualToIgnoringCase("002408011220" + publicKey);
        assertThat(identity.peerId()).hasToString(name);
        assertThat(PeerId.parse(name)).isEqualTo(identity.peerId());
    }

    @ParameterizedTest
    @CsvSource(textBlock = GOLDEN)
    void theFileAndItsLegacyFormReadBack(String seed, String publicKey, String name) throws ProtocolViolation {
        byte[] file = HexFormat.of().parseHex("08011240" + seed + publicKey);
        byte[] legacy = HexFormat.of().parseHex("08011260" + seed + publicKey + publicKey);

        assertThat(Identity.fromProtobuf(file).peerId()).hasToString(name);
        assertThat(Identity.fromProtobuf(legacy).toProtobuf()).isEqualTo(file);
    }
}
