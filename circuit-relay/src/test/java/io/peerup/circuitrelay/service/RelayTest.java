package io.peerup.circuitrelay.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerup.circuitrelay.CircuitRequest;
import io.peerup.circuitrelay.HopMessage;
import io.peerup.circuitrelay.RelayAccess;
import io.peerup.circuitrelay.RelayLimits;
import io.peerup.circuitrelay.Reservation;
import io.peerup.circuitrelay.ReservationRequest;
import io.peerup.circuitrelay.Samples;
import io.peerup.circuitrelay.StatusCode;
import io.peerup.circuitrelay.netty.FakeConnection;
import io.peerup.circuitrelay.netty.HopProtocol;
import io.peerup.swarm.Connection;
import io.peerup.swarm.ConnectionGater;
import io.peerup.swarm.ConnectionLimit;
import io.peerup.swarm.Swarm;
import io.peerup.swarm.SwarmConfig;
import io.peerup.testkit.strands.SimStrands;
import io.peerup.wire.Multiaddr;
import io.peerup.wire.PeerId;
import io.peerup.wire.ProtocolViolation;
import io.peerup.wire.RelayVoucher;
import io.peerup.wire.UnixSeconds;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the relay decides, under a moved clock; nobody is really connected. */
class RelayTest {
    private static final Instant START = Instant.ofEpochSecond(1_700_000_000);
    private static final PeerId RELAY = Samples.peer(9);

    private final SimStrands strands = new SimStrands();
    private final long origin = strands.nanoTime();
    private final Swarm swarm = new Swarm(RELAY, SwarmConfig.defaults(), ConnectionGater.open(), strands);
    private final List<Object> answers = new ArrayList<>();

    @Test
    void aReservationIsWhatAPeerBelieves() throws ProtocolViolation {
        Relay relay = relay(RelayAccess.open());
        reserve(relay, 1);
        HopMessage.Status granted = (HopMessage.Status) answers.getFirst();
        Reservation held = Reservation.believe(granted, RELAY, Samples.peer(1), UnixSeconds.of(START));
        assertThat(held.lifetime()).isEqualTo(Duration.ofHours(1));
        assertThat(held.limit()).isEqualTo(RelayLimits.defaults().circuit());
        assertThat(held.voucher())
                .contains(new RelayVoucher(RELAY, Samples.peer(1), UnixSeconds.of(START.plus(Duration.ofHours(1)))));
        assertThat(held.relayAddresses()).containsExactly(Samples.address("/ip4/10.0.0.99/tcp/4001"));
        assertThat(relay.reservations()).containsExactly(Samples.peer(1));
    }

    @Test
    void whomTheAccessDeniesGetsNothing() {
        Relay relay = relay(new RelayAccess() {
            @Override
            public boolean allowsReserve(PeerId peer, Multiaddr from) {
                return !peer.equals(Samples.peer(1));
            }

            @Override
            public boolean allowsConnect(PeerId source, Multiaddr from, PeerId destination) {
                return !source.equals(Samples.peer(3));
            }
        });
        reserve(relay, 1);
        reserve(relay, 2);
        connect(relay, 3, 2);
        assertThat(answers.getFirst()).isEqualTo(StatusCode.PERMISSION_DENIED);
        assertThat(answers.getLast()).isEqualTo(StatusCode.PERMISSION_DENIED);
        assertThat(relay.reservations()).containsExactly(Samples.peer(2));
    }

    @Test
    void anExpiredReservationIsNone() {
        Relay relay = relay(RelayAccess.open());
        reserve(relay, 1);
        strands.advance(Duration.ofHours(1));
        connect(relay, 2, 1);
        assertThat(answers).last().isEqualTo(StatusCode.NO_RESERVATION);
        assertThat(relay.reservations()).isEmpty();
    }

    @Test
    void neitherTheRelayItselfNorOneselfNorAStrangerIsReached() {
        Relay relay = relay(RelayAccess.open());
        reserve(relay, 1);
        answers.clear();
        connect(relay, 1, 9);
        connect(relay, 1, 1);
        connect(relay, 1, 2);
        assertThat(answers)
                .containsExactly(StatusCode.NO_RESERVATION, StatusCode.PERMISSION_DENIED, StatusCode.NO_RESERVATION);
    }

    @Test
    void aDestinationThatHasJustGoneIsAFailedConnectionAndTakesNoRoom() {
        Relay relay = relay(RelayAccess.open());
        reserve(relay, 1);
        connect(relay, 2, 1);
        assertThat(answers).last().isEqualTo(StatusCode.CONNECTION_FAILED);
        assertThat(relay.circuits()).isZero();
    }

    @Test
    void whoHoldsAReservationIsProtectedAsLongAsItLasts() {
        Relay relay = relay(RelayAccess.open());
        reserve(relay, 1);
        reserve(relay, 2);
        strands.advance(Duration.ofMinutes(59));
        reserve(relay, 1);
        strands.advance(Duration.ofMinutes(1));
        assertThat(isProtected(1)).isTrue();
        assertThat(isProtected(2)).isFalse();
        relay.close();
        assertThat(isProtected(1)).isFalse();
    }

    @Test
    void noMorePeersAreProtectedThanMayReserve() {
        Relay relay = relay(RelayAccess.open(), RelayLimits.defaults().withReservations(5, 5, Duration.ofHours(1)));
        for (int peer = 10; peer < 30; peer++) {
            reserve(relay, peer);
        }
        assertThat(IntStream.range(10, 30).filter(this::isProtected)).hasSize(5);
    }

    @Test
    void aRelayThatIsClosedServesNoMore() {
        Relay relay = relay(RelayAccess.open());
        assertThat(swarm.servedProtocols()).contains(HopProtocol.ID);
        relay.close();
        assertThat(swarm.servedProtocols()).isEmpty();
    }

    private boolean isProtected(int peer) {
        return swarm.protections().isProtected(Samples.peer(peer), strands.nanoTime());
    }

    private Relay relay(RelayAccess access) {
        return relay(access, RelayLimits.defaults());
    }

    private Relay relay(RelayAccess access, RelayLimits limits) {
        return Relay.start(
                swarm, Samples.identity(9), limits, access, () -> START.plusNanos(strands.nanoTime() - origin));
    }

    private void reserve(Relay relay, int peer) {
        relay.reserve(new ReservationRequest() {
            @Override
            public Connection from() {
                return FakeConnection.direct(peer);
            }

            @Override
            public void grant(HopMessage.Slot reservation, Optional<ConnectionLimit> limit) {
                answers.add(new HopMessage.Status(StatusCode.OK, Optional.of(reservation), limit));
            }

            @Override
            public void refuse(StatusCode why) {
                answers.add(why);
            }
        });
    }

    private void connect(Relay relay, int source, int to) {
        relay.connect(new CircuitRequest() {
            @Override
            public Connection from() {
                return FakeConnection.direct(source);
            }

            @Override
            public PeerId destination() {
                return Samples.peer(to);
            }

            @Override
            public void connect(Connection connection, Optional<ConnectionLimit> limit, Runnable ended) {
                answers.add("connected");
            }

            @Override
            public void refuse(StatusCode why) {
                answers.add(why);
            }
        });
    }
}
