package io.peerup.circuitrelay;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerup.swarm.ConnectionLimit;
import io.peerup.wire.Multiaddr;
import io.peerup.wire.PeerId;
import io.peerup.wire.ProtocolViolation;
import io.peerup.wire.UnixSeconds;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

class CodecTest {
    private static final PeerId PEER = Samples.peer(1);
    private static final String PEER_HEX = HexFormat.of().formatHex(PEER.bytes());

    // ── golden bytes, as protoc writes them ──

    @Example
    void reserveIsItsTypeAlthoughThatIsZero() {
        assertThat(hex(new HopMessage.Reserve())).isEqualTo("0800");
    }

    @Example
    void connectNamesThePeer() {
        assertThat(hex(new HopMessage.Connect(Peer.of(PEER)))).isEqualTo("0801" + "1228" + "0a26" + PEER_HEX);
    }

    @Example
    void aRefusalIsTypeAndStatus() {
        assertThat(hex(HopMessage.Status.of(StatusCode.RESERVATION_REFUSED))).isEqualTo("0802" + "28c801");
    }

    @Example
    void aGrantDescribesReservationAndLimit() {
        HopMessage.Slot slot = new HopMessage.Slot(
                new UnixSeconds(1_700_000_000), List.of(Samples.address("/ip4/1.2.3.4/tcp/4001")), new byte[] {7});
        assertThat(hex(new HopMessage.Status(
                        StatusCode.OK, Optional.of(slot), Optional.of(Samples.limit(120, 131_072)))))
                .isEqualTo("0802" + "1a13" + "0880e2cfaa06" + "12080401020304060fa1" + "1a0107" + "2206" + "0878"
                        + "10808008" + "2864");
    }

    @Example
    void stopConnectIsItsTypeAlthoughThatIsZero() {
        assertThat(hex(new StopMessage.Connect(Peer.of(PEER), Optional.of(Samples.limit(120, 131_072)))))
                .isEqualTo("0800" + "1228" + "0a26" + PEER_HEX + "1a06" + "0878" + "10808008");
    }

    @Example
    void stopStatusIsTypeAndStatus() {
        assertThat(hex(new StopMessage.Status(StatusCode.OK))).isEqualTo("0801" + "2064");
    }

    // ── leniency ──

    @Example
    void aMissingTypeIsTheFirstOne() throws ProtocolViolation {
        assertThat(HopCodec.decode(new byte[0])).isEqualTo(new HopMessage.Reserve());
        assertThat(StopCodec.decode(HexFormat.of().parseHex("1228" + "0a26" + PEER_HEX)))
                .isEqualTo(new StopMessage.Connect(Peer.of(PEER), Optional.empty()));
    }

    @Example
    void aLimitOfNothingIsNoLimit() throws ProtocolViolation {
        assertThat(HopCodec.decode(HexFormat.of().parseHex("0802" + "2864" + "2204" + "0800" + "1000")))
                .isEqualTo(HopMessage.Status.of(StatusCode.OK));
    }

    @Example
    void aLimitBeyondAllBoundsIsTheLargestThereIs() throws ProtocolViolation {
        assertThat(HopCodec.decode(HexFormat.of().parseHex("0802" + "2864" + "220b" + "10" + "ffffffffffffffffff01")))
                .isEqualTo(new HopMessage.Status(
                        StatusCode.OK,
                        Optional.empty(),
                        Optional.of(new ConnectionLimit(Optional.empty(), Optional.of(Long.MAX_VALUE)))));
    }

    @Example
    void anAddressOfAnUnknownKindIsLeftOut() throws ProtocolViolation {
        String unknown = "1202ff7e";
        assertThat(HopCodec.decode(HexFormat.of().parseHex("0801" + "122c" + "0a26" + PEER_HEX + unknown)))
                .isEqualTo(new HopMessage.Connect(Peer.of(PEER)));
    }

    // ── properties ──

    @Property
    void everyHopMessageComesBack(@ForAll("hopMessages") HopMessage message) throws ProtocolViolation {
        assertThat(HopCodec.decode(HopCodec.encode(message))).isEqualTo(message);
    }

    @Property
    void everyStopMessageComesBack(@ForAll("stopMessages") StopMessage message) throws ProtocolViolation {
        assertThat(StopCodec.decode(StopCodec.encode(message))).isEqualTo(message);
    }

    @Property(tries = 5000)
    void noiseIsReadOrBreaksARuleOfThisModule(@ForAll @Size(max = 64) byte[] noise) {
        readOrViolate(noise);
    }

    @Property(tries = 5000)
    void aMessageWithOneByteChangedIsReadOrBreaksARuleOfThisModule(
            @ForAll("hopMessages") HopMessage message, @ForAll int where, @ForAll byte what) {
        byte[] bytes = HopCodec.encode(message);
        bytes[Math.floorMod(where, bytes.length)] = what;
        readOrViolate(bytes);
    }

    private static void readOrViolate(byte[] bytes) {
        try {
            HopCodec.decode(bytes);
        } catch (ProtocolViolation violation) {
            assertThat(violation.rule()).isInstanceOf(CircuitRule.class);
        }
        try {
            StopCodec.decode(bytes);
        } catch (ProtocolViolation violation) {
            assertThat(violation.rule()).isInstanceOf(CircuitRule.class);
        }
    }

    @Provide
    Arbitrary<HopMessage> hopMessages() {
        return Arbitraries.oneOf(
                Arbitraries.just(new HopMessage.Reserve()),
                peers().map(HopMessage.Connect::new),
                Combinators.combine(statuses(), slots().optional(), limits().optional())
                        .as(HopMessage.Status::new));
    }

    @Provide
    Arbitrary<StopMessage> stopMessages() {
        return Arbitraries.oneOf(
                Combinators.combine(peers(), limits().optional()).as(StopMessage.Connect::new),
                statuses().map(StopMessage.Status::new));
    }

    private static Arbitrary<Peer> peers() {
        return Combinators.combine(Arbitraries.integers().between(0, 20).map(Samples::peer), addresses())
                .as(Peer::new);
    }

    private static Arbitrary<List<Multiaddr>> addresses() {
        return Arbitraries.of("/ip4/10.0.0.1/tcp/1", "/ip6/fd00::1/tcp/2", "/dns4/relay.example/tcp/443/wss")
                .map(Samples::address)
                .list()
                .ofMaxSize(8);
    }

    private static Arbitrary<HopMessage.Slot> slots() {
        return Combinators.combine(
                        Arbitraries.longs().between(0, UnixSeconds.MAX).map(UnixSeconds::new),
                        addresses(),
                        Arbitraries.bytes().array(byte[].class).ofMaxSize(300))
                .as(HopMessage.Slot::new);
    }

    private static Arbitrary<StatusCode> statuses() {
        return Arbitraries.integers().greaterOrEqual(0).map(StatusCode::new);
    }

    private static Arbitrary<ConnectionLimit> limits() {
        Arbitrary<Duration> durations =
                Arbitraries.longs().between(1, 0xffff_ffffL).map(Duration::ofSeconds);
        return Combinators.combine(
                        durations.optional(),
                        Arbitraries.longs().greaterOrEqual(1).optional())
                .filter((duration, data) -> duration.isPresent() || data.isPresent())
                .as(ConnectionLimit::new);
    }

    private static String hex(HopMessage message) {
        return HexFormat.of().formatHex(HopCodec.encode(message));
    }

    private static String hex(StopMessage message) {
        return HexFormat.of().formatHex(StopCodec.encode(message));
    }
}
