package io.peerup.circuitrelay.service;

import io.peerup.circuitrelay.HopMessage;
import io.peerup.circuitrelay.Reservation;
import io.peerup.circuitrelay.ReservationState;
import io.peerup.circuitrelay.ReservationTimes;
import io.peerup.circuitrelay.ReserveOutcome;
import io.peerup.swarm.OneLine;
import io.peerup.swarm.strands.Strands;
import io.peerup.wire.Multiaddr;
import io.peerup.wire.PeerId;
import io.peerup.wire.ProtocolViolation;
import io.peerup.wire.UnixSeconds;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

/**
 * The story of one reservation: connect, reserve, tell others, renew, and begin again whenever something breaks. It
 * ends only when it is cancelled, and then takes back what it told.
 */
final class KeptReservation {
    private static final Duration CONNECT_PATIENCE = Duration.ofSeconds(15);
    private static final Duration ANSWER_PATIENCE = Duration.ofSeconds(15);

    private final PeerId relay;
    private final PeerId self;
    private final Supplier<CompletionStage<RelaySession>> connect;
    private final Consumer<List<Multiaddr>> advertise;
    private final Consumer<ReservationState> state;
    private final Strands strands;
    private final InstantSource calendar;
    private final DoubleSupplier jitter;
    private int failures;

    /**
     * A story that has not begun.
     *
     * @param connect finds or makes a direct connection to the relay
     * @param advertise told the circuits that lead to us, none when the reservation is gone
     * @param state told where we stand, whenever that changes
     * @param jitter 0 inclusive to 1 exclusive
     */
    KeptReservation(
            PeerId relay,
            PeerId self,
            Supplier<CompletionStage<RelaySession>> connect,
            Consumer<List<Multiaddr>> advertise,
            Consumer<ReservationState> state,
            Strands strands,
            InstantSource calendar,
            DoubleSupplier jitter) {
        this.relay = relay;
        this.self = self;
        this.connect = connect;
        this.advertise = advertise;
        this.state = state;
        this.strands = strands;
        this.calendar = calendar;
        this.jitter = jitter;
    }

    /** Tells the story until it is cancelled. */
    Void run() throws InterruptedException {
        try {
            while (true) {
                strands.sleep(once());
            }
        } finally {
            advertise.accept(List.of());
        }
    }

    /** Connects, and stays for as long as that goes well; how long to wait before the next time. */
    private Duration once() throws InterruptedException {
        RelaySession session;
        try {
            session = strands.await(connect.get(), CONNECT_PATIENCE);
        } catch (ExecutionException failed) {
            return failed(OneLine.of(failed));
        } catch (TimeoutException tooLong) {
            return failed("no connection within " + CONNECT_PATIENCE.toSeconds() + " s");
        }
        return stay(session);
    }

    /** Reserves and renews until the connection ends, or the relay no longer grants. */
    private Duration stay(RelaySession session) throws InterruptedException {
        while (true) {
            switch (reserve(session)) {
                case ReserveOutcome.Granted(Reservation reservation) -> {
                    advertise.accept(reservation.circuits(session.relayAddress()));
                    state.accept(new ReservationState.Reserved(reservation));
                    long since = strands.nanoTime();
                    if (closedWithin(session, ReservationTimes.untilRenewal(reservation.lifetime()))) {
                        boolean stable = strands.nanoTime() - since >= ReservationTimes.STABLE.toNanos();
                        failures = stable ? 0 : failures;
                        return failed("the connection was lost");
                    }
                    failures = 0;
                }
                case ReserveOutcome.Refused refused -> {
                    advertise.accept(List.of());
                    Duration pause = ReservationTimes.afterRefusal(refused.status());
                    state.accept(new ReservationState.Refused(refused.status(), pause));
                    return pause;
                }
                case ReserveOutcome.Failed(String why) -> {
                    return failed(why);
                }
            }
        }
    }

    private ReserveOutcome reserve(RelaySession session) throws InterruptedException {
        try {
            HopMessage.Status answer = strands.await(session.reserve(), ANSWER_PATIENCE);
            return answer.status().isOk()
                    ? new ReserveOutcome.Granted(
                            Reservation.believe(answer, relay, self, UnixSeconds.of(calendar.instant())))
                    : new ReserveOutcome.Refused(answer.status());
        } catch (ProtocolViolation violation) {
            return new ReserveOutcome.Failed("its reservation is not to be believed: " + OneLine.of(violation));
        } catch (ExecutionException failed) {
            return new ReserveOutcome.Failed(OneLine.of(failed));
        } catch (TimeoutException tooLong) {
            return new ReserveOutcome.Failed("no answer within " + ANSWER_PATIENCE.toSeconds() + " s");
        }
    }

    private boolean closedWithin(RelaySession session, Duration patience) throws InterruptedException {
        try {
            strands.await(session.closed(), patience);
            return true;
        } catch (TimeoutException stillOpen) {
            return false;
        } catch (ExecutionException failed) {
            return true;
        }
    }

    private Duration failed(String problem) {
        advertise.accept(List.of());
        failures++;
        Duration pause = ReservationTimes.afterFailure(failures, jitter.getAsDouble());
        state.accept(new ReservationState.Retrying(problem, failures, pause));
        return pause;
    }
}
