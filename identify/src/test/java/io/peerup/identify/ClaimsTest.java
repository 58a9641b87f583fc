package io.peerup.identify;

import static io.peerup.identify.Samples.PEER;
import static io.peerup.identify.Samples.STRANGER;
import static io.peerup.identify.Samples.address;
import static io.peerup.identify.Samples.addresses;
import static io.peerup.identify.Samples.withRecord;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.peerup.swarm.IdentifiedPeer;
import io.peerup.swarm.ProtocolId;
import io.peerup.wire.Multiaddr;
import io.peerup.wire.PeerRecord;
import io.peerup.wire.ProtocolViolation;
import io.peerup.wire.SignedEnvelope;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ClaimsTest {
    private static final List<Multiaddr> SIGNED = addresses("/ip4/11.0.0.2/tcp/7777");
    private static final List<Multiaddr> SAID = Samples.message(PEER).listenAddresses();
    private static final IdentifyMessage NOTHING =
            new IdentifyMessage(new byte[0], List.of(), List.of(), Optional.empty(), "", "", Optional.empty());

    private final Claims claims = new Claims(PEER.peerId(), address("/ip4/11.0.0.2/tcp/4001"));

    @Test
    void anAnswerBecomesAPeer() throws Exception {
        assertThat(claims.answered(Samples.message(PEER)))
                .isEqualTo(new IdentifiedPeer(
                        PEER.peerId(),
                        "sample/1",
                        "net/1",
                        Set.of(ProtocolId.of("/one/1"), ProtocolId.of("/two/2")),
                        SAID,
                        Optional.of(address("/ip4/11.0.0.1/tcp/5001"))));
    }

    @Test
    void aKeyThatIsNoKeyIsForeign() {
        IdentifyMessage message = new IdentifyMessage(
                new byte[] {1, 2, 3}, List.of(), List.of(), Optional.empty(), "", "", Optional.empty());
        assertThatExceptionOfType(ProtocolViolation.class)
                .isThrownBy(() -> claims.answered(message))
                .extracting(ProtocolViolation::rule)
                .isEqualTo(IdentifyRule.FOREIGN_KEY);
    }

    @Test
    void aForeignKeyIsNotBelievedInAPushEither() {
        assertThatExceptionOfType(ProtocolViolation.class)
                .isThrownBy(() -> claims.pushed(Samples.message(STRANGER), Optional.empty()))
                .extracting(ProtocolViolation::rule)
                .isEqualTo(IdentifyRule.FOREIGN_KEY);
    }

    @Test
    void aKeyThatIsNotSaidIsKnownFromTheHandshake() throws Exception {
        assertThat(claims.answered(NOTHING).peer()).isEqualTo(PEER.peerId());
    }

    @Test
    void signedAddressesArePreferred() throws Exception {
        byte[] record = new PeerRecord(PEER.peerId(), 1, SIGNED).seal(PEER).bytes();
        assertThat(addressesWith(record)).isEqualTo(SIGNED);
    }

    @Test
    void aRecordOfSomebodyElseIsNotBelieved() throws Exception {
        byte[] record =
                new PeerRecord(STRANGER.peerId(), 1, SIGNED).seal(STRANGER).bytes();
        assertThat(addressesWith(record)).isEqualTo(SAID);
    }

    @Test
    void aRecordAboutThePeerSignedBySomebodyElseIsNotBelieved() throws Exception {
        byte[] record = SignedEnvelope.seal(STRANGER, new PeerRecord(PEER.peerId(), 1, SIGNED))
                .bytes();
        assertThat(addressesWith(record)).isEqualTo(SAID);
    }

    @Test
    void aRecordAboutSomebodyElseSignedByThePeerIsNotBelieved() throws Exception {
        byte[] record = SignedEnvelope.seal(PEER, new PeerRecord(STRANGER.peerId(), 1, SIGNED))
                .bytes();
        assertThat(addressesWith(record)).isEqualTo(SAID);
    }

    @Test
    void noByteOfARecordCanBeChanged() throws Exception {
        byte[] record = new PeerRecord(PEER.peerId(), 1, SIGNED).seal(PEER).bytes();
        for (int at = 0; at < record.length; at++) {
            byte[] damaged = record.clone();
            damaged[at] ^= 1;
            assertThat(addressesWith(damaged)).as("byte %d", at).isEqualTo(SAID);
        }
    }

    @Test
    void garbageInsteadOfARecordIsNotBelieved() throws Exception {
        assertThat(addressesWith(new byte[] {1, 2, 3})).isEqualTo(SAID);
    }

    @Test
    void onlyAddressesOfUseFromHereAreRemembered() throws Exception {
        List<Multiaddr> mixed = addresses("/ip4/127.0.0.1/tcp/1", "/ip4/10.0.0.1/tcp/1", "/ip4/11.0.0.2/tcp/1");
        byte[] record = new PeerRecord(PEER.peerId(), 1, mixed).seal(PEER).bytes();
        assertThat(addressesWith(record)).isEqualTo(addresses("/ip4/11.0.0.2/tcp/1"));
    }

    @Test
    void aPushReplacesWhatItSays() throws Exception {
        IdentifiedPeer before = known(Set.of(ProtocolId.of("/old")), addresses("/ip4/11.0.0.5/tcp/1"));
        IdentifiedPeer after = claims.pushed(Samples.message(PEER), Optional.of(before));
        assertThat(after).isEqualTo(claims.answered(Samples.message(PEER)));
    }

    @Test
    void aPushLeavesTheRestAsItWas() throws Exception {
        IdentifiedPeer before = known(Set.of(ProtocolId.of("/old")), addresses("/ip4/11.0.0.5/tcp/1"));
        assertThat(claims.pushed(NOTHING, Optional.of(before))).isEqualTo(before);
    }

    @Test
    void aPushFromAPeerThatWasNotAskedYetIsHeard() throws Exception {
        assertThat(claims.pushed(Samples.message(PEER), Optional.empty()).protocols())
                .hasSize(2);
    }

    private List<Multiaddr> addressesWith(byte[] record) throws ProtocolViolation {
        return claims.answered(withRecord(Samples.message(PEER), record)).addresses();
    }

    private static IdentifiedPeer known(Set<ProtocolId> protocols, List<Multiaddr> addresses) {
        return new IdentifiedPeer(PEER.peerId(), "old/1", "", protocols, addresses, Optional.empty());
    }
}
