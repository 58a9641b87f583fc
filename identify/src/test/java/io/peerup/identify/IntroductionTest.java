package io.peerup.identify;

import static io.peerup.identify.Samples.SELF;
import static io.peerup.identify.Samples.address;
import static io.peerup.identify.Samples.addresses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.peerup.swarm.ProtocolId;
import io.peerup.wire.Multiaddr;
import io.peerup.wire.PeerRecord;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class IntroductionTest {
    private static final Set<ProtocolId> PROTOCOLS = Set.of(ProtocolId.of("/b"), ProtocolId.of("/a"));

    private final Introduction introduction = Introduction.of(SELF, "test/1");

    @Test
    void recordAndListSayTheSameToAnAudience() throws Exception {
        IdentifyMessage message = introduction.to(
                Audience.INTERNET, PROTOCOLS, addresses("/ip4/10.0.0.1/tcp/1", "/ip4/11.0.0.1/tcp/1"), 77);
        assertThat(message.listenAddresses()).isEqualTo(addresses("/ip4/11.0.0.1/tcp/1"));
        assertThat(PeerRecord.open(message.signedPeerRecord().orElseThrow()))
                .isEqualTo(new PeerRecord(SELF.peerId(), 77, message.listenAddresses()));
        assertThat(message.protocols()).containsExactly(ProtocolId.of("/a"), ProtocolId.of("/b"));
        assertThat(message.protocolVersion()).isEmpty();
    }

    @Test
    void ofTooManyAddressesTheMostWidelyReachableAreTold() {
        List<Multiaddr> many = new ArrayList<>(addresses("/ip4/127.0.0.1/tcp/1"));
        for (int i = 0; i < 100; i++) {
            many.add(address("/ip4/10.0.0." + i + "/tcp/1"));
        }
        many.addAll(addresses("/ip4/11.0.0.1/tcp/1", "/dns4/example.com/tcp/1"));
        List<Multiaddr> told =
                introduction.to(Audience.MACHINE, PROTOCOLS, many, 1).listenAddresses();
        assertThat(told)
                .hasSize(Usefulness.MAX_ADDRESSES)
                .startsWith(
                        address("/ip4/11.0.0.1/tcp/1"),
                        address("/dns4/example.com/tcp/1"),
                        address("/ip4/10.0.0.0/tcp/1"))
                .doesNotContain(address("/ip4/127.0.0.1/tcp/1"));
    }

    @Test
    void longAddressesAreBoundedTogether() {
        List<Multiaddr> wordy = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            wordy.add(address("/dns4/" + "a".repeat(200) + i + ".com/tcp/1"));
        }
        List<Multiaddr> told =
                introduction.to(Audience.MACHINE, PROTOCOLS, wordy, 1).listenAddresses();
        assertThat(told).isNotEmpty();
        assertThat(told.stream().mapToInt(address -> address.bytes().length).sum())
                .isLessThanOrEqualTo(Usefulness.MAX_ADDRESS_BYTES);
    }

    @Test
    void ourOwnVersionIsOneThatCanBeRead() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Introduction.of(SELF, "x".repeat(IdentifyReader.MAX_VERSION_BYTES + 1)));
    }

    @Test
    void nothingOfTheKeyIsShown() {
        assertThat(introduction.toString())
                .doesNotContain(HexFormat.of().formatHex(new byte[] {1, 1, 1, 1}))
                .isEqualTo("Introduction of test/1");
    }

    @Test
    void sequenceNumbersFollowTheCalendarAndNeverGoBack() {
        RecordSequence sequence = new RecordSequence();
        assertThat(sequence.next(1000)).isEqualTo(1000);
        assertThat(sequence.next(1000)).isEqualTo(1001);
        assertThat(sequence.next(500)).isEqualTo(1002);
        assertThat(sequence.next(2000)).isEqualTo(2000);
    }
}
