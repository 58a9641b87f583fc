package io.peerup.identify;

import static io.peerup.identify.Samples.SELF;
import static io.peerup.identify.Samples.address;
import static io.peerup.identify.Samples.read;
import static io.peerup.identify.Samples.withRecord;
import static org.assertj.core.api.Assertions.assertThat;

import io.peerup.swarm.ProtocolId;
import io.peerup.wire.Identity;
import io.peerup.wire.Multiaddr;
import io.peerup.wire.PeerRecord;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.assertj.core.api.recursive.comparison.RecursiveComparisonConfiguration;
import org.junit.jupiter.api.Test;

class IdentifyWriterTest {
    @Test
    void aSmallAnswerIsOneMessageWithItsRecord() {
        List<byte[]> messages = IdentifyWriter.write(introduce(3, 3));
        assertThat(messages).hasSize(1);
        assertThat(messages.getFirst()).hasSizeLessThanOrEqualTo(IdentifyWriter.MAX_SINGLE_MESSAGE_BYTES);
    }

    @Test
    void theBytesAreThese() {
        IdentifyMessage message = new IdentifyMessage(
                new byte[] {1, 2},
                Samples.addresses("/ip4/11.0.0.1/tcp/4001"),
                List.of(ProtocolId.of("/a")),
                Optional.of(address("/ip4/11.0.0.9/tcp/5000")),
                "",
                "x/1",
                Optional.of(new byte[] {9}));
        String key = "0a02" + "0102";
        String versions = "2a00" + "3203782f31";
        String observed = "2208" + "040b000009061388";
        String protocol = "1a02" + "2f61";
        String listening = "1208" + "040b000001060fa1";
        String record = "4201" + "09";
        assertThat(HexFormat.of().formatHex(IdentifyWriter.write(message).getFirst()))
                .isEqualTo(key + versions + observed + protocol + listening + record);
    }

    @Test
    void aLargerOneIsAMessageThatRustReadsAndTheRecordAlone() throws Exception {
        List<byte[]> messages = IdentifyWriter.write(introduce(60, 30));
        assertThat(messages).hasSize(2);
        assertThat(messages.getFirst()).hasSizeLessThanOrEqualTo(IdentifyWriter.MAX_MESSAGE_BYTES);
        IdentifyMessage first = read(messages.subList(0, 1));
        assertThat(first.signedPeerRecord()).isEmpty();
        assertThat(first.protocols()).hasSize(30);
        assertThat(first.listenAddresses()).hasSize(60);
        IdentifyMessage second = read(messages.subList(1, 2));
        assertThat(second.publicKey()).isEmpty();
        assertThat(PeerRecord.open(second.signedPeerRecord().orElseThrow()).addresses())
                .hasSize(60);
    }

    @Test
    void protocolsThatDoNotFitTheFirstMessageFollow() throws Exception {
        List<byte[]> messages = IdentifyWriter.write(introduce(60, 300));
        assertThat(messages)
                .hasSizeGreaterThan(2)
                .allSatisfy(message -> assertThat(message).hasSizeLessThanOrEqualTo(IdentifyWriter.MAX_MESSAGE_BYTES));
        IdentifyMessage all = read(messages);
        assertThat(all.protocols()).hasSize(300);
        assertThat(all.listenAddresses()).hasSize(60);
        assertThat(PeerRecord.open(all.signedPeerRecord().orElseThrow()).peerId())
                .isEqualTo(SELF.peerId());
    }

    @Test
    void noAnswerHasMoreMessagesThanAreRead() throws Exception {
        List<byte[]> messages = IdentifyWriter.write(introduce(60, 3000));
        assertThat(messages).hasSize(IdentifyReader.MAX_MESSAGES);
        assertThat(messages.getLast()).hasSizeLessThanOrEqualTo(IdentifyReader.MAX_MESSAGE_BYTES);
    }

    @Property
    void whatIsWrittenIsRead(@ForAll("messages") IdentifyMessage message) throws Exception {
        assertThat(read(IdentifyWriter.write(message)))
                .usingRecursiveComparison(RecursiveComparisonConfiguration.builder()
                        .withComparedFields(
                                "publicKey",
                                "listenAddresses",
                                "protocols",
                                "observed",
                                "protocolVersion",
                                "agentVersion")
                        .build())
                .isEqualTo(message);
    }

    @Provide
    Arbitrary<IdentifyMessage> messages() {
        Arbitrary<String> versions = Arbitraries.strings().alpha().numeric().ofMaxLength(40);
        Arbitrary<List<ProtocolId>> protocols = Arbitraries.strings()
                .alpha()
                .ofMinLength(1)
                .ofMaxLength(60)
                .map(ProtocolId::of)
                .list()
                .ofMaxSize(100);
        Arbitrary<List<Multiaddr>> addresses = Arbitraries.integers()
                .between(1, 65_535)
                .map(port -> address("/ip4/11.0.0.7/tcp/" + port))
                .list()
                .ofMaxSize(100);
        return Combinators.combine(versions, versions, protocols, addresses)
                .as((agent, network, spoken, listening) -> withRecord(
                        new IdentifyMessage(
                                SELF.publicKey().toProtobuf(),
                                listening,
                                spoken,
                                Optional.of(address("/ip4/11.0.0.8/tcp/1")),
                                network,
                                agent,
                                Optional.empty()),
                        new byte[300]));
    }

    private static IdentifyMessage introduce(int addresses, int protocols) {
        List<Multiaddr> listening = new ArrayList<>();
        for (int i = 0; i < addresses; i++) {
            listening.add(address("/ip4/11.0." + i + ".1/tcp/4001"));
        }
        Set<ProtocolId> spoken = IntStream.range(0, protocols)
                .mapToObj(i -> ProtocolId.of("/a/protocol/with/a/name/" + i))
                .collect(Collectors.toSet());
        Identity self = SELF;
        return Introduction.of(self, "test/1")
                .to(Audience.INTERNET, spoken, listening, 1)
                .toSomebodyAt(address("/ip4/11.0.0.9/tcp/5000"));
    }
}
