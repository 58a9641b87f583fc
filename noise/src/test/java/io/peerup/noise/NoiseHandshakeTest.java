package io.peerup.noise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.peerup.noise.NoiseHandshake.Established;
import io.peerup.noise.NoiseHandshake.Step;
import io.peerup.swarm.ProtocolId;
import io.peerup.wire.Identity;
import io.peerup.wire.PeerId;
import io.peerup.wire.ProtoWriter;
import io.peerup.wire.ProtocolViolation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class NoiseHandshakeTest {
    private static final ProtocolId YAMUX = ProtocolId.of("/yamux/1.0.0");
    private static final ProtocolId MPLEX = ProtocolId.of("/mplex/6.7.0");

    private final Identity alice = Identity.ofEd25519Seed(seed(1));
    private final Identity bob = Identity.ofEd25519Seed(seed(2));
    private final NoiseKey aliceKey = NoiseKey.generate(alice);
    private final NoiseKey bobKey = NoiseKey.generate(bob);

    @Test
    void bothLearnWhoIsThereAndTheCiphersMatch() throws ProtocolViolation {
        Ends ends = shakeHands(List.of(YAMUX), List.of(YAMUX));
        assertThat(ends.initiator.remotePeer()).isEqualTo(bob.peerId());
        assertThat(ends.responder.remotePeer()).isEqualTo(alice.peerId());
        assertThat(ends.responder.remoteKey()).isEqualTo(alice.publicKey());

        byte[] data = Arrays.copyOf(new byte[] {1, 2, 3}, 3 + CipherState.TAG_BYTES);
        ends.initiator.send().sealInPlace(data, 0, 3);
        assertThat(ends.responder.receive().openInPlace(data, 0, data.length)).isEqualTo(3);
        ends.responder.send().sealInPlace(data, 0, 3);
        assertThat(ends.initiator.receive().openInPlace(data, 0, data.length)).isEqualTo(3);
    }

    @Test
    void theInitiatorsOrderDecidesTheMuxer() throws ProtocolViolation {
        Ends ends = shakeHands(List.of(MPLEX, YAMUX), List.of(YAMUX, MPLEX));
        assertThat(ends.initiator.muxer()).contains(MPLEX);
        assertThat(ends.responder.muxer()).contains(MPLEX);
    }

    @Test
    void withoutACommonMuxerOrAListNoneIsAgreedOn() throws ProtocolViolation {
        assertThat(shakeHands(List.of(MPLEX), List.of(YAMUX)).initiator.muxer()).isEmpty();
        Ends silent = shakeHands(List.of(YAMUX), List.of());
        assertThat(silent.initiator.muxer()).isEmpty();
        assertThat(silent.responder.muxer()).isEmpty();
    }

    @Test
    void aListOfMoreThanAHundredMuxersCountsAsNone() throws ProtocolViolation {
        List<ProtocolId> many = new ArrayList<>(List.of(YAMUX));
        for (int i = 0; i < HandshakePayload.MAX_MUXERS; i++) {
            many.add(ProtocolId.of("/m/" + i));
        }
        assertThat(shakeHands(many, List.of(YAMUX)).responder.muxer()).isEmpty();
    }

    @Test
    void somebodyElseThanWasDialedIsRefused() {
        PeerId stranger = Identity.generate().peerId();
        Step.Reply first = NoiseHandshake.initiate(aliceKey, stranger, List.of());
        broken(
                NoiseRule.UNEXPECTED_PEER,
                () -> first.next().receive(answer(first).message()));

        Step.Reply honest = NoiseHandshake.initiate(aliceKey, bob.peerId(), List.of());
        NoiseHandshake picky = NoiseHandshake.respond(bobKey, Optional.of(stranger), List.of());
        broken(NoiseRule.UNEXPECTED_PEER, () -> {
            Step.Reply second = (Step.Reply) picky.receive(honest.message());
            Step.Done third = (Step.Done) honest.next().receive(second.message());
            second.next().receive(third.message().orElseThrow());
        });
    }

    @Test
    void aSignatureOverAnotherStaticKeyIsRefused() {
        byte[] stolen = new HandshakePayload(
                        bob.publicKey().toProtobuf(), bob.sign(NoiseKey.signed(new byte[32])), List.of())
                .encode();
        broken(NoiseRule.IDENTITY_SIGNATURE, () -> answerWith(stolen));
    }

    @Test
    void everyFlippedBitOfTheSignatureIsRefused() {
        byte[] staticKey = new byte[32];
        byte[] signature = bob.sign(NoiseKey.signed(staticKey));
        for (int bit = 0; bit < signature.length * 8; bit++) {
            byte[] flipped = signature.clone();
            flipped[bit / 8] ^= (byte) (1 << (bit % 8));
            byte[] payload = new HandshakePayload(bob.publicKey().toProtobuf(), flipped, List.of()).encode();
            broken(NoiseRule.IDENTITY_SIGNATURE, () -> RemoteIdentity.verify(payload, staticKey, Optional.empty()));
        }
    }

    @Test
    void aKeyThatIsNoneAndAPayloadThatIsNoneAreRefused() {
        broken(
                NoiseRule.IDENTITY_KEY,
                () -> answerWith(new ProtoWriter()
                        .bytes(1, new byte[] {8, 1, 18, 1, 0})
                        .bytes(2, new byte[64])
                        .toByteArray()));
        broken(NoiseRule.PAYLOAD, () -> answerWith(new byte[0]));
        broken(NoiseRule.PAYLOAD, () -> answerWith(new byte[] {(byte) 0xff, 1, 2}));
    }

    @Test
    void anEmptyExtensionsMessageAndUnknownFieldsDoNoHarm() throws ProtocolViolation {
        byte[] payload = new ProtoWriter()
                .bytes(1, bob.publicKey().toProtobuf())
                .bytes(2, bob.sign(NoiseKey.signed(bobKey.pair().publicKey())))
                .bytes(4, new byte[0])
                .bytes(77, new byte[9])
                .toByteArray();
        RemoteIdentity remote = RemoteIdentity.verify(payload, bobKey.pair().publicKey(), Optional.empty());
        assertThat(remote.peer()).isEqualTo(bob.peerId());
        assertThat(remote.muxers()).isEmpty();
    }

    @Test
    void aPointOfLowOrderIsRefused() {
        NoiseHandshake responder = NoiseHandshake.respond(bobKey, Optional.empty(), List.of());
        broken(NoiseRule.LOW_ORDER_KEY, () -> responder.receive(new byte[32]));
    }

    @Test
    void everyFlippedByteOfTheSecondAndThirdMessageIsRefused() throws ProtocolViolation {
        int length = answer(NoiseHandshake.initiate(aliceKey, bob.peerId(), List.of(YAMUX)))
                .message()
                .length;
        for (int at = 0; at < length; at++) {
            Step.Reply first = NoiseHandshake.initiate(aliceKey, bob.peerId(), List.of(YAMUX));
            byte[] second = answer(first).message();
            second[at] ^= 0x40;
            assertThatThrownBy(() -> first.next().receive(second)).isInstanceOf(ProtocolViolation.class);
        }
        for (int at = 0; at < length; at += 7) {
            Step.Reply first = NoiseHandshake.initiate(aliceKey, bob.peerId(), List.of(YAMUX));
            Step.Reply second = answer(first);
            Step.Done third = (Step.Done) first.next().receive(second.message());
            byte[] proof = third.message().orElseThrow();
            proof[at % proof.length] ^= 0x40;
            assertThatThrownBy(() -> second.next().receive(proof)).isInstanceOf(ProtocolViolation.class);
        }
    }

    @Property(tries = 200)
    void junkIsAViolationAndNothingElse(@ForAll @Size(max = 300) byte[] junk) {
        NoiseHandshake responder = NoiseHandshake.respond(bobKey, Optional.empty(), List.of());
        Step.Reply initiator = NoiseHandshake.initiate(aliceKey, bob.peerId(), List.of());
        assertThatThrownBy(() -> initiator.next().receive(junk)).isInstanceOf(ProtocolViolation.class);
        try {
            Step answered = responder.receive(junk);
            assertThat(answered).isInstanceOf(Step.Reply.class);
            assertThat(junk.length).isGreaterThanOrEqualTo(32);
            assertThatThrownBy(() -> ((Step.Reply) answered).next().receive(junk))
                    .isInstanceOf(ProtocolViolation.class);
        } catch (ProtocolViolation expected) {
            assertThat(expected.rule()).isInstanceOf(NoiseRule.class);
        }
    }

    private Step.Reply answer(Step.Reply first) throws ProtocolViolation {
        return (Step.Reply)
                NoiseHandshake.respond(bobKey, Optional.empty(), List.of(YAMUX)).receive(first.message());
    }

    /** A responder with bob's static key that says {@code payload} instead of the truth. */
    private void answerWith(byte[] payload) throws ProtocolViolation {
        Step.Reply first = NoiseHandshake.initiate(aliceKey, bob.peerId(), List.of());
        byte[] second = XxResponder.begin(bobKey.pair(), KeyPair.generate(), new byte[0])
                .read(first.message())
                .next()
                .write(payload)
                .message();
        first.next().receive(second);
    }

    private Ends shakeHands(List<ProtocolId> initiators, List<ProtocolId> responders) throws ProtocolViolation {
        Step.Reply first = NoiseHandshake.initiate(aliceKey, bob.peerId(), initiators);
        Step.Reply second = (Step.Reply)
                NoiseHandshake.respond(bobKey, Optional.empty(), responders).receive(first.message());
        Step.Done third = (Step.Done) first.next().receive(second.message());
        Step.Done end = (Step.Done) second.next().receive(third.message().orElseThrow());
        return new Ends(third.established(), end.established());
    }

    private record Ends(Established initiator, Established responder) {}

    private static void broken(NoiseRule rule, ThrowingCallable story) {
        assertThatThrownBy(story)
                .isInstanceOfSatisfying(
                        ProtocolViolation.class,
                        violation -> assertThat(violation.rule()).isEqualTo(rule));
    }

    private static byte[] seed(int number) {
        byte[] seed = new byte[32];
        Arrays.fill(seed, (byte) number);
        return seed;
    }
}
