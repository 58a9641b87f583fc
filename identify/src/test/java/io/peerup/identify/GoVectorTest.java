package io.peerup.identify;

import static io.peerup.identify.Samples.address;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.peerup.swarm.ProtocolId;
import io.peerup.wire.Identity;
import io.peerup.wire.Multiaddr;
import io.peerup.wire.PeerRecord;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A message as go-libp2p encodes it; {@code src/test/go} is the program that wrote it. */
class GoVectorTest {
    private static JsonObject vector = new JsonObject();

    @BeforeAll
    static void load() throws Exception {
        try (Reader in = new InputStreamReader(
                Objects.requireNonNull(GoVectorTest.class.getResourceAsStream("/go-identify.json")),
                StandardCharsets.UTF_8)) {
            vector = JsonParser.parseReader(in).getAsJsonObject();
        }
    }

    @Test
    void gosMessageIsRead() throws Exception {
        IdentifyMessage message = Samples.read(List.of(bytes("message")));
        assertThat(message.publicKey()).isEqualTo(identity().publicKey().toProtobuf());
        assertThat(message.listenAddresses()).isEqualTo(addresses());
        assertThat(message.protocols()).containsExactlyElementsOf(protocols());
        assertThat(message.observed()).contains(address(text("observed")));
        assertThat(message.agentVersion()).isEqualTo(text("agent"));
        assertThat(message.protocolVersion()).isEqualTo(text("version"));
        assertThat(message.signedPeerRecord())
                .hasValueSatisfying(record -> assertThat(record).isEqualTo(bytes("record")));
    }

    @Test
    void gosRecordIsBelieved() throws Exception {
        assertThat(PeerRecord.open(bytes("record")))
                .isEqualTo(new PeerRecord(
                        identity().peerId(), vector.get("sequence").getAsLong(), addresses()));
    }

    @Test
    void ourRecordIsGosRecordByteForByte() {
        IdentifyMessage ours = new Introduction(identity(), text("agent"), text("version"))
                .to(
                        Audience.MACHINE,
                        protocols(),
                        addresses(),
                        vector.get("sequence").getAsLong());
        Set<Multiaddr> told = Set.copyOf(ours.listenAddresses());
        assertThat(told).isEqualTo(Set.copyOf(addresses()));
        assertThat(new PeerRecord(identity().peerId(), vector.get("sequence").getAsLong(), addresses())
                        .seal(identity())
                        .bytes())
                .isEqualTo(bytes("record"));
        assertThat(identity().peerId()).hasToString(text("peer"));
    }

    private static Identity identity() {
        return Identity.ofEd25519Seed(bytes("seed"));
    }

    private static Set<ProtocolId> protocols() {
        return texts("protocols").stream().map(ProtocolId::of).collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<Multiaddr> addresses() {
        return texts("addresses").stream().map(Samples::address).toList();
    }

    private static List<String> texts(String field) {
        return vector.getAsJsonArray(field).asList().stream()
                .map(element -> element.getAsString())
                .toList();
    }

    private static String text(String field) {
        return vector.get(field).getAsString();
    }

    private static byte[] bytes(String field) {
        return HexFormat.of().parseHex(text(field));
    }
}
