package io.peerup.noise;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.peerup.swarm.ProtocolId;
import io.peerup.wire.Identity;
import io.peerup.wire.ProtocolViolation;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** What a payload says is the same after writing; who it names has signed, or it is a violation. */
class HandshakePayloadFuzzTest {
    private static final byte[] STATIC_KEY = new byte[32];

    static Stream<byte[]> seeds() {
        Identity peer = Identity.ofEd25519Seed(new byte[32]);
        byte[] key = peer.publicKey().toProtobuf();
        byte[] signature = peer.sign(NoiseKey.signed(STATIC_KEY));
        return Stream.of(
                new HandshakePayload(key, signature, List.of(ProtocolId.of("/yamux/1.0.0"))).encode(),
                new HandshakePayload(key, signature, List.of()).encode());
    }

    @MethodSource("seeds")
    @FuzzTest
    void aPayloadIsReadAsItIsWritten(byte[] bytes) {
        try {
            HandshakePayload said = HandshakePayload.decode(bytes);
            assertThat(said.muxers()).hasSizeLessThanOrEqualTo(HandshakePayload.MAX_MUXERS);
            HandshakePayload again = HandshakePayload.decode(said.encode());
            assertThat(again.identityKey()).isEqualTo(said.identityKey());
            assertThat(again.identitySignature()).isEqualTo(said.identitySignature());
            assertThat(again.muxers()).isEqualTo(said.muxers());
            RemoteIdentity.verify(bytes, STATIC_KEY, Optional.empty());
        } catch (ProtocolViolation refused) {
            assertThat(refused.rule()).isInstanceOf(NoiseRule.class);
        }
    }
}
