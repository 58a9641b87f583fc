package io.peerup.circuitrelay.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerup.circuitrelay.CircuitRequest;
import io.peerup.circuitrelay.HopCodec;
import io.peerup.circuitrelay.HopMessage;
import io.peerup.circuitrelay.HopRequests;
import io.peerup.circuitrelay.Peer;
import io.peerup.circuitrelay.RelayLimits;
import io.peerup.circuitrelay.ReservationRequest;
import io.peerup.circuitrelay.Samples;
import io.peerup.circuitrelay.StatusCode;
import io.peerup.circuitrelay.StopCodec;
import io.peerup.circuitrelay.StopMessage;
import io.peerup.swarm.CloseReason;
import io.peerup.wire.Delimited;
import io.peerup.wire.ProtocolViolation;
import io.peerup.wire.UnixSeconds;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The relay's side, from a raw peer at one end to a raw destination at the other. */
class HopProtocolTest {
    private static final RelayLimits LIMITS = RelayLimits.defaults();
    private static final byte[] RESERVE = HopCodec.encode(new HopMessage.Reserve());
    private static final byte[] CONNECT = HopCodec.encode(new HopMessage.Connect(Peer.of(Samples.peer(2))));

    private final FakeStream hop = new FakeStream();
    private final FakeStream stop = new FakeStream();
    private final FakeConnection source = FakeConnection.direct(1);
    private final FakeConnection destination = FakeConnection.direct(2);
    private final ArrayDeque<ReservationRequest> reservations = new ArrayDeque<>();
    private final ArrayDeque<CircuitRequest> circuits = new ArrayDeque<>();
    private final HopProtocol protocol = new HopProtocol(
            new HopRequests() {
                @Override
                public void reserve(ReservationRequest request) {
                    reservations.add(request);
                }

                @Override
                public void connect(CircuitRequest request) {
                    circuits.add(request);
                }
            },
            LIMITS);
    private int ended;

    @AfterEach
    void leaveNothing() {
        hop.reset(0);
        stop.reset(0);
        hop.channel.checkException();
        stop.channel.checkException();
    }

    // ── requests ──

    @Test
    void aReservationThatIsGrantedIsDescribed() throws ProtocolViolation {
        ask(RESERVE);
        HopMessage.Slot slot = new HopMessage.Slot(new UnixSeconds(5), List.of(), new byte[] {1});
        reservations.remove().grant(slot, LIMITS.circuit());
        assertThat(answer()).isEqualTo(new HopMessage.Status(StatusCode.OK, Optional.of(slot), LIMITS.circuit()));
        assertThat(hop.finished()).isTrue();
    }

    @Test
    void aReservationThatIsRefusedIsTheStatusAlone() throws ProtocolViolation {
        ask(RESERVE);
        reservations.remove().refuse(StatusCode.RESERVATION_REFUSED);
        assertThat(answer()).isEqualTo(HopMessage.Status.of(StatusCode.RESERVATION_REFUSED));
    }

    @Test
    void whatCannotBeReadIsMalformed() throws ProtocolViolation {
        ask(new byte[] {8, 99});
        assertThat(answer()).isEqualTo(HopMessage.Status.of(StatusCode.MALFORMED_MESSAGE));
    }

    @Test
    void aConnectWithoutAPeerIsMalformed() throws ProtocolViolation {
        ask(new byte[] {8, 1});
        assertThat(answer()).isEqualTo(HopMessage.Status.of(StatusCode.MALFORMED_MESSAGE));
    }

    @Test
    void aLengthBeyondTheBoundIsMalformedBeforeTheMessageComes() throws ProtocolViolation {
        protocol.attach(hop, source);
        hop.receive(new byte[] {(byte) 0x81, 0x20});
        assertThat(answer()).isEqualTo(HopMessage.Status.of(StatusCode.MALFORMED_MESSAGE));
    }

    @Test
    void aStatusIsNoRequest() throws ProtocolViolation {
        ask(HopCodec.encode(HopMessage.Status.of(StatusCode.OK)));
        assertThat(answer()).isEqualTo(HopMessage.Status.of(StatusCode.MALFORMED_MESSAGE));
    }

    @Test
    void overACircuitEverythingIsDenied() throws ProtocolViolation {
        FakeConnection relayed = new FakeConnection(1, "/ip4/10.0.0.9/tcp/1/p2p/" + Samples.peer(9) + "/p2p-circuit");
        protocol.attach(hop, relayed);
        hop.receive(Delimited.write(CONNECT));
        assertThat(answer()).isEqualTo(HopMessage.Status.of(StatusCode.PERMISSION_DENIED));
        assertThat(circuits).isEmpty();
    }

    @Test
    void whoeverSaysNothingIsResetAfterAMinute() {
        protocol.attach(hop, source);
        hop.pass(59);
        assertThat(hop.closed()).isNotDone();
        hop.pass(1);
        assertThat(hop.closed()).isCompletedWithValue(new CloseReason.Local(0));
    }

    @Test
    void whoeverFinishesWithoutARequestIsReset() {
        protocol.attach(hop, source);
        hop.peerFinishes();
        assertThat(hop.closed()).isCompletedWithValue(new CloseReason.Local(0));
    }

    @Test
    void aPeerThatNeverEndsAnAnsweredStreamIsReset() {
        ask(RESERVE);
        reservations.remove().refuse(StatusCode.RESERVATION_REFUSED);
        assertThat(hop.closed()).isNotDone();
        hop.pass(10);
        assertThat(hop.closed()).isCompletedWithValue(new CloseReason.Local(0));
    }

    // ── circuits ──

    @Test
    void aCircuitIsAnnouncedAgreedOnAndJoined() throws ProtocolViolation {
        connect();
        assertThat(announcement()).isEqualTo(new StopMessage.Connect(Peer.of(Samples.peer(1)), LIMITS.circuit()));
        stop.receive(Delimited.write(StopCodec.encode(new StopMessage.Status(StatusCode.OK))));
        assertThat(answer()).isEqualTo(new HopMessage.Status(StatusCode.OK, Optional.empty(), LIMITS.circuit()));
        hop.receive(new byte[] {1});
        stop.receive(new byte[] {2});
        assertThat(stop.sent()).containsExactly(1);
        assertThat(hop.sent()).containsExactly(2);
        assertThat(ended).isZero();
        hop.end(new CloseReason.Remote(0));
        assertThat(ended).isOne();
    }

    @Test
    void bytesGluedToTheRequestAndToTheAgreementAreNotLost() throws ProtocolViolation {
        protocol.attach(hop, source);
        hop.receive(glued(Delimited.write(CONNECT), new byte[] {7, 7, 7}));
        accept();
        destination.opens(stop);
        announcement();
        stop.receive(
                glued(Delimited.write(StopCodec.encode(new StopMessage.Status(StatusCode.OK))), new byte[] {9, 9}));
        byte[] toSource = hop.sent();
        byte[] expected = Delimited.write(
                HopCodec.encode(new HopMessage.Status(StatusCode.OK, Optional.empty(), LIMITS.circuit())));
        assertThat(toSource).isEqualTo(glued(expected, new byte[] {9, 9}));
        assertThat(stop.sent()).containsExactly(7, 7, 7);
    }

    @Test
    void aDestinationThatRefusesIsAFailedConnection() throws ProtocolViolation {
        connect();
        stop.receive(Delimited.write(StopCodec.encode(new StopMessage.Status(StatusCode.PERMISSION_DENIED))));
        assertNoCircuit();
    }

    @Test
    void aDestinationThatTalksGarbageIsAFailedConnection() throws ProtocolViolation {
        connect();
        stop.receive(new byte[] {2, 8, 99});
        assertNoCircuit();
    }

    @Test
    void aDestinationThatAnswersWithARequestIsAFailedConnection() throws ProtocolViolation {
        connect();
        stop.receive(
                Delimited.write(StopCodec.encode(new StopMessage.Connect(Peer.of(Samples.peer(3)), Optional.empty()))));
        assertNoCircuit();
    }

    @Test
    void aDestinationThatResetsIsAFailedConnection() throws ProtocolViolation {
        connect();
        stop.end(new CloseReason.Remote(0));
        assertNoCircuit();
    }

    @Test
    void aDestinationThatSaysNothingForAMinuteIsAFailedConnection() throws ProtocolViolation {
        connect();
        stop.pass(59);
        assertThat(ended).isZero();
        stop.pass(1);
        assertNoCircuit();
    }

    @Test
    void aDestinationWhoseStreamDoesNotOpenIn30SecondsIsAFailedConnection() throws ProtocolViolation {
        ask(CONNECT);
        accept();
        hop.pass(29);
        assertThat(ended).isZero();
        hop.pass(1);
        assertThat(answer()).isEqualTo(HopMessage.Status.of(StatusCode.CONNECTION_FAILED));
        assertThat(ended).isOne();
        destination.opens(stop);
        assertThat(stop.closed()).as("opened too late").isDone();
    }

    @Test
    void whoeverGivesUpWaitingFreesTheDestination() {
        connect();
        hop.end(new CloseReason.Remote(0));
        assertThat(stop.closed()).isCompletedWithValue(new CloseReason.Local(0));
        assertThat(ended).isOne();
    }

    @Test
    void aCircuitReservesItsBuffersUntilItHasEnded() throws ProtocolViolation {
        connect();
        assertThat(source.memory.heldBytes()).isEqualTo(2L * LIMITS.circuitBufferBytes());
        stop.receive(Delimited.write(StopCodec.encode(new StopMessage.Status(StatusCode.OK))));
        assertThat(source.memory.heldBytes()).isEqualTo(2L * LIMITS.circuitBufferBytes());
        hop.end(new CloseReason.Remote(0));
        assertThat(source.memory.heldBytes()).isZero();
    }

    @Test
    void aCircuitThatComesToNothingReturnsItsBuffers() throws ProtocolViolation {
        connect();
        stop.receive(new byte[] {2, 8, 99});
        assertThat(source.memory.heldBytes()).isZero();
    }

    @Test
    void withoutMemoryForItsBuffersThereIsNoCircuit() throws ProtocolViolation {
        source.memory.limit(2L * LIMITS.circuitBufferBytes() - 1);
        ask(CONNECT);
        accept();
        assertThat(answer()).isEqualTo(HopMessage.Status.of(StatusCode.RESOURCE_LIMIT_EXCEEDED));
        assertThat(ended).isOne();
        assertThat(source.memory.heldBytes()).isZero();
    }

    @Test
    void aRefusedCircuitIsTheStatusAlone() throws ProtocolViolation {
        ask(CONNECT);
        assertThat(circuits.element().destination()).isEqualTo(Samples.peer(2));
        circuits.remove().refuse(StatusCode.NO_RESERVATION);
        assertThat(answer()).isEqualTo(HopMessage.Status.of(StatusCode.NO_RESERVATION));
        assertThat(hop.finished()).isTrue();
    }

    private void connect() {
        ask(CONNECT);
        accept();
        destination.opens(stop);
    }

    private void accept() {
        circuits.remove().connect(destination, LIMITS.circuit(), () -> ended++);
    }

    private void assertNoCircuit() throws ProtocolViolation {
        assertThat(answer()).isEqualTo(HopMessage.Status.of(StatusCode.CONNECTION_FAILED));
        assertThat(stop.closed()).isDone();
        assertThat(ended).isOne();
    }

    private void ask(byte[] request) {
        protocol.attach(hop, source);
        hop.receive(Delimited.write(request));
    }

    private HopMessage answer() throws ProtocolViolation {
        return HopCodec.decode(Delimited.read(hop.sent(), HopCodec.MAX_MESSAGE_BYTES));
    }

    private StopMessage announcement() throws ProtocolViolation {
        return StopCodec.decode(Delimited.read(stop.sent(), StopCodec.MAX_MESSAGE_BYTES));
    }

    private static byte[] glued(byte[] one, byte[] two) {
        byte[] both = Arrays.copyOf(one, one.length + two.length);
        System.arraycopy(two, 0, both, one.length, two.length);
        return both;
    }
}
