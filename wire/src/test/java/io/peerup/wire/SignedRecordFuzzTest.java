package io.peerup.wire;

import static io.peerup.wire.Violations.assertTotal;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** A peer with a key of its own signs whatever it likes as its record or its voucher; both stay within their bounds. */
class SignedRecordFuzzTest {
    private static final Identity AUTHOR = SampleIdentities.ed25519();

    static Stream<byte[]> seeds() {
        PeerId other = SampleIdentities.secp256k1().peerId();
        return Stream.of(
                new PeerRecord(AUTHOR.peerId(), 7, List.of(Multiaddr.of(new Component.Tcp(1)))).payload(),
                new RelayVoucher(AUTHOR.peerId(), other, new UnixSeconds(1_700_000_000)).payload());
    }

    @MethodSource("seeds")
    @FuzzTest
    void anySignedPayloadIsARecordOrAViolation(byte[] payload) {
        assertTotal(() -> {
            PeerRecord opened = PeerRecord.open(sealed("libp2p-peer-record", (byte) 1, payload));
            assertThat(opened.peerId()).isEqualTo(AUTHOR.peerId());
            assertThat(opened.addresses()).hasSizeLessThanOrEqualTo(PeerRecord.MAX_ADDRESSES);
            assertThat(PeerRecord.open(opened.seal(AUTHOR).bytes())).isEqualTo(opened);
        });
        assertTotal(() -> {
            RelayVoucher opened = RelayVoucher.open(sealed("libp2p-relay-rsvp", (byte) 2, payload));
            assertThat(opened.relay()).isEqualTo(AUTHOR.peerId());
            assertThat(RelayVoucher.open(opened.seal(AUTHOR).bytes())).isEqualTo(opened);
        });
    }

    private static byte[] sealed(String domain, byte type, byte[] payload) {
        EnvelopePayload content = new EnvelopePayload() {
            @Override
            public String domain() {
                return domain;
            }

            @Override
            public byte[] payloadType() {
                return new byte[] {3, type};
            }

            @Override
            public byte[] payload() {
                return payload;
            }
        };
        return SignedEnvelope.seal(AUTHOR, content).bytes();
    }
}
