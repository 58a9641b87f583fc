package io.peerup.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The values that libp2p/specs, peer-ids/peer-ids.md revision r2 of 2021-04-30, gives as examples. */
class SpecVectorsTest {

    @ParameterizedTest
    @CsvSource(textBlock = """
            08011240\
            7e0830617c4a7de83925dfb2694556b12936c477a0e1feb2e148ec9da60fee7d\
            1ed1e8fae2c4a144b8be8fd4b47bf3d3b34b871c3cacf6010f0e42d474fce27e, \
            080112201ed1e8fae2c4a144b8be8fd4b47bf3d3b34b871c3cacf6010f0e42d474fce27e
            08021220\
            53dadf1d5a164d6b4acdb15e24aa4c5b1d3461bdbd42abedb0a4404d56ced8fb, \
            08021221037777e994e452c21604f91de093ce415f5432f701dd8cd1a7a6fea0e630bfca99
            08031279307702010104203e5b1fe9712e6c314942a750bd67485de3c1efe85b1bfb520ae8f9ae3dfa4a4c\
            a00a06082a8648ce3d030107a14403420004de3d300fa36ae0e8f5d530899d83abab44abf3161f162a4bc901d8e6ecda020e\
            8b6d5f8da30525e71d6851510c098e5c47c646a597fb4dcec034e9f77c409e62, \
            0803125b3059301306072a8648ce3d020106082a8648ce3d03010703420004\
            de3d300fa36ae0e8f5d530899d83abab44abf3161f162a4bc901d8e6ecda020e\
            8b6d5f8da30525e71d6851510c098e5c47c646a597fb4dcec034e9f77c409e62
            """)
    void aPrivateKeyHasThisPublicKey(String privateKey, String publicKey) throws ProtocolViolation {
        Identity identity = Identity.fromProtobuf(HexFormat.of().parseHex(privateKey));

        assertThat(HexFormat.of().formatHex(identity.toProtobuf())).isEqualTo(privateKey);
        assertThat(HexFormat.of().formatHex(identity.publicKey().toProtobuf())).isEqualTo(publicKey);
    }

    @Test
    void namesAreReadInBothForms() throws ProtocolViolation {
        PeerId hashed = PeerId.parse("QmYyQSo1c1Ym7orWxLYvCrM2EmxFTANf8wXmmE7DWjhx5N");

        assertThat(PeerId.parse("bafzbeie5745rpv2m6tjyuugywy4d5ewrqgqqhfnf445he3omzpjbx5xqxe"))
                .isEqualTo(hashed);
        assertThat(PeerId.parse("12D3KooWD3eckifWpRn9wQpMG9R9hX3sD158z7EqHWmweQAJU5SA")
                        .inlineKey())
                .get()
                .isInstanceOf(Ed25519PublicKey.class);
    }
}
