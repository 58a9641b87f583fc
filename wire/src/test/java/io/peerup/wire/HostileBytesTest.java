package io.peerup.wire;

import static io.peerup.wire.Violations.assertTotal;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Whatever arrives, a decoder returns a value or throws a violation, and a value is written as it was read. */
class HostileBytesTest {

    /** Valid values of every kind, changed in a few places. */
    @Provide
    Arbitrary<byte[]> damaged() {
        List<byte[]> samples = List.of(
                SampleIdentities.ed25519().toProtobuf(),
                SampleIdentities.ecdsa().toProtobuf(),
                SampleIdentities.ed25519().publicKey().toProtobuf(),
                SampleIdentities.secp256k1().publicKey().toProtobuf(),
                SampleIdentities.ecdsa().publicKey().toProtobuf(),
                SampleIdentities.rsa().publicKey().toProtobuf(),
                SampleIdentities.rsa().publicKey().raw(),
                SampleIdentities.ed25519().peerId().bytes(),
                sampleAddress().bytes(),
                new PeerRecord(SampleIdentities.ed25519().peerId(), 1, List.of(sampleAddress()))
                        .seal(SampleIdentities.ed25519())
                        .bytes());
        Arbitrary<Integer> position = Arbitraries.integers().between(0, 300);
        Arbitrary<Byte> value = Arbitraries.bytes();
        return Combinators.combine(Arbitraries.of(samples), position.list().ofMaxSize(3), value)
                .as((sample, positions, change) -> {
                    byte[] bytes = sample.clone();
                    positions.forEach(at -> bytes[at % bytes.length] = change);
                    return bytes;
                });
    }

    @Provide
    Arbitrary<byte[]> bytes() {
        Arbitrary<byte[]> any = Arbitraries.bytes().array(byte[].class).ofMaxSize(200);
        return Arbitraries.oneOf(any, damaged());
    }

    @Property
    void decodersAreTotal(@ForAll("bytes") byte[] bytes) {
        assertTotal(() -> PublicKey.fromProtobuf(bytes));
        assertTotal(() -> Identity.fromProtobuf(bytes));
        assertTotal(() -> PeerRecord.open(bytes));
        assertTotal(() -> RelayVoucher.open(bytes));
        assertTotal(() -> Varint.read(bytes, 0));
        for (KeyType type : KeyType.values()) {
            assertTotal(() -> PublicKey.fromRaw(type, bytes));
        }
    }

    @Property
    void signaturesAreJudgedWithoutException(@ForAll("bytes") byte[] signature) {
        for (Identity identity : List.of(
                SampleIdentities.ed25519(),
                SampleIdentities.secp256k1(),
                SampleIdentities.ecdsa(),
                SampleIdentities.rsa())) {
            assertThat(identity.publicKey().verify(new byte[0], signature)).isFalse();
        }
    }

    @Property
    void anAddressIsWrittenAsItWasRead(@ForAll("bytes") byte[] bytes) {
        assertTotal(() -> {
            Multiaddr address = Multiaddr.fromBytes(bytes);
            assertThat(address.bytes()).isEqualTo(bytes);
            assertThat(Multiaddr.parse(address.toString())).isEqualTo(address);
            assertThat(address.scope()).isNotNull();
            assertThat(address.tcpAddress()).isNotNull();
            assertThat(address.withPeerId(SampleIdentities.ed25519().peerId())).isNotNull();
        });
    }

    @Property
    void aMultihashIsWrittenAsItWasRead(@ForAll("bytes") byte[] bytes) {
        assertTotal(() -> assertThat(Multihash.fromBytes(bytes).bytes()).isEqualTo(bytes));
        assertTotal(() -> assertThat(PeerId.fromBytes(bytes).bytes()).isEqualTo(bytes));
        assertTotal(() -> PeerId.fromBytes(bytes).inlineKey());
    }

    @Property
    void aFrameIsWrittenAsItWasRead(@ForAll("bytes") byte[] bytes, @ForAll @IntRange(min = 1, max = 300) int maxBytes) {
        assertTotal(() ->
                assertThat(Delimited.write(Delimited.read(bytes, maxBytes))).isEqualTo(bytes));
    }

    @Property
    void textParsersAreTotal(@ForAll String text) {
        assertTotal(() -> PeerId.parse(text));
        assertTotal(() -> Multiaddr.parse(text));
        assertTotal(() -> Multiaddr.parse("/" + text));
        for (MultiaddrProtocol protocol : MultiaddrProtocol.values()) {
            assertTotal(() -> {
                Multiaddr address = Multiaddr.parse("/" + protocol.protocolName() + "/" + text);
                assertThat(Multiaddr.fromBytes(address.bytes())).isEqualTo(address);
                assertThat(Multiaddr.parse(address.toString())).isEqualTo(address);
            });
        }
    }

    private static Multiaddr sampleAddress() {
        try {
            return Multiaddr.parse("/ip6zone/x/ip6/fe80::1/udp/1/quic-v1/webtransport/certhash/"
                    + "uEiAAAQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHw/dns4/a.example/tcp/2/p2p/"
                    + "12D3KooWA4Xop1JaT3MHxwYMkCepYsv4iPVopMXwCz5iHYdBfeSB/memory/7/http-path/a%2Fb/unix/a/b");
        } catch (ProtocolViolation e) {
            throw new AssertionError(e);
        }
    }
}
