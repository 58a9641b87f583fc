package io.peerup.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PeerIdTest {
    private static final Identity IDENTITY = Identity.ofEd25519Seed(new byte[32]);

    @Test
    void aShortKeyIsInlinedAndALongOneIsHashed() throws ProtocolViolation {
        PublicKey hashed = SampleIdentities.ecdsa().publicKey();

        assertThat(IDENTITY.peerId().inlineKey()).contains(IDENTITY.publicKey());
        assertThat(IDENTITY.peerId().toString()).startsWith("12D3KooW");
        assertThat(SampleIdentities.secp256k1().peerId().toString()).startsWith("16Uiu2HA");
        assertThat(SampleIdentities.secp256k1().peerId().inlineKey()).isPresent();
        assertThat(hashed.peerId().inlineKey()).isEmpty();
        assertThat(hashed.peerId().toString()).startsWith("Qm");
    }

    @Test
    void anInlinedValueThatIsNoKeyHasNoKey() throws ProtocolViolation {
        PeerId odd = PeerId.fromBytes(HexFormat.of().parseHex("0003616263"));

        assertThat(odd.inlineKey()).isEmpty();
        assertThat(PeerId.parse(odd.toString())).isEqualTo(odd);
    }

    @Test
    void theShortFormIsTheBeginning() throws ProtocolViolation {
        String whole = IDENTITY.peerId().toString();

        assertThat(IDENTITY.peerId().shortId()).isEqualTo(whole.substring(0, 16) + "...");
        assertThat(PeerId.fromBytes(HexFormat.of().parseHex("000161")).shortId())
                .isEqualTo("176");
    }

    @Property
    void allTextFormsAreOneName(@ForAll @Size(32) byte[] digest) throws ProtocolViolation {
        byte[] multihash = Der.concatenate(HexFormat.of().parseHex("1220"), digest);
        byte[] cid = Der.concatenate(HexFormat.of().parseHex("0172"), multihash);
        PeerId id = PeerId.fromBytes(multihash);

        assertThat(id.bytes()).isEqualTo(multihash);
        assertThat(PeerId.parse(id.toString())).isEqualTo(id).hasSameHashCodeAs(id);
        assertThat(PeerId.parse(Multibase.BASE32.encodePrefixed(cid))).isEqualTo(id);
        assertThat(PeerId.parse(Multibase.BASE36.encodePrefixed(cid))).isEqualTo(id);
        assertThat(PeerId.parse(Multibase.BASE58_BTC.encodePrefixed(cid))).isEqualTo(id);
    }

    @Property
    void theOrderIsThatOfUnsignedBytes(@ForAll @Size(32) byte[] one, @ForAll @Size(32) byte[] other)
            throws ProtocolViolation {
        byte[] prefix = HexFormat.of().parseHex("1220");
        PeerId first = PeerId.fromBytes(Der.concatenate(prefix, one));
        PeerId second = PeerId.fromBytes(Der.concatenate(prefix, other));

        assertThat(Integer.signum(first.compareTo(second)))
                .isEqualTo(Integer.signum(Arrays.compareUnsigned(one, other)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00",
                "0000",
                "0002ff",
                "0001ffff",
                "1220",
                "12030102030405",
                "1320000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f",
                "1221000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f20",
                "8000",
                "002b000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f202122232425262728292a",
            })
    void otherBytesAreNoName(String hex) {
        assertThatThrownBy(() -> PeerId.fromBytes(HexFormat.of().parseHex(hex))).isInstanceOf(ProtocolViolation.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1",
                "Qm",
                "hello",
                "12D3KooWA4Xop1JaT3MHxwYMkCepYsv4iPVopMXwCz5iHYdBfeS",
                "12D3KooWA4Xop1JaT3MHxwYMkCepYsv4iPVopMXwCz5iHYdBfeSBB",
                "12D3KooWA4Xop1JaT3MHxwYMkCepYsv4iPVopMXwCz5iHYdBfeS0",
                " 12D3KooWA4Xop1JaT3MHxwYMkCepYsv4iPVopMXwCz5iHYdBfeSB",
                "bafkreiaeu5u7bjiryyyjnwc2yfnbosgncgnsmzicycswvysegragdqq6ei",
                "b",
                "k",
                "z",
                "fafz",
            })
    void otherTextIsNoName(String text) {
        assertThatThrownBy(() -> PeerId.parse(text)).isInstanceOf(ProtocolViolation.class);
    }
}
