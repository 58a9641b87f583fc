package io.peerup.circuitrelay.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerup.circuitrelay.CircuitAddress;
import io.peerup.circuitrelay.HopMessage;
import io.peerup.circuitrelay.ReservationState;
import io.peerup.circuitrelay.Samples;
import io.peerup.circuitrelay.StatusCode;
import io.peerup.swarm.strands.Strands.StrandScope;
import io.peerup.testkit.strands.SimStrands;
import io.peerup.wire.Multiaddr;
import io.peerup.wire.UnixSeconds;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The story under a moved clock; the relay is a script. */
class KeptReservationTest {
    private static final Instant START = Instant.ofEpochSecond(1_700_000_000);
    private static final Multiaddr WHERE = Samples.address("/ip4/10.0.0.1/tcp/4001");
    private static final List<Multiaddr> CIRCUITS = List.of(CircuitAddress.through(WHERE, Samples.peer(1)));

    private final SimStrands strands = new SimStrands();
    private final StrandScope scope = strands.open("test");
    private final List<ReservationState> states = new ArrayList<>();
    private List<Multiaddr> advertised = List.of();

    // ── the relay ──
    private boolean up = true;
    private StatusCode answers = StatusCode.OK;
    private Duration grants = Duration.ofHours(1);
    private boolean silent;
    private int dials;
    private int requests;
    private CompletableFuture<Void> closed = new CompletableFuture<>();

    @AfterEach
    void cancel() {
        scope.close();
        assertThat(advertised).as("taken back at the end").isEmpty();
    }

    @Test
    void aReservationIsToldOfAndRenewedTwoMinutesBeforeItsEnd() {
        begin();
        assertThat(advertised).isEqualTo(CIRCUITS);
        assertThat(states).last().isInstanceOf(ReservationState.Reserved.class);
        strands.advance(Duration.ofMinutes(58).minusSeconds(1));
        assertThat(requests).isOne();
        strands.advance(Duration.ofSeconds(1));
        assertThat(requests).isEqualTo(2);
        assertThat(dials).isOne();
        assertThat(advertised).isEqualTo(CIRCUITS);
    }

    @Test
    void aLostConnectionIsNoticedAtOnce() {
        begin();
        strands.advance(Duration.ofMinutes(1));
        up = false;
        lose();
        assertThat(advertised).isEmpty();
        assertThat(states).last().isInstanceOf(ReservationState.Retrying.class);
    }

    @Test
    void aRelayThatComesBackAfterAnHourHasUsWithinFiveSeconds() {
        begin();
        strands.advance(Duration.ofMinutes(1));
        up = false;
        lose();
        strands.advance(Duration.ofHours(1));
        up = true;
        strands.advance(Duration.ofSeconds(5));
        assertThat(advertised).isEqualTo(CIRCUITS);
    }

    @Test
    void aRelayThatIsDownIsNotBesieged() {
        up = false;
        begin();
        strands.advance(Duration.ofMinutes(10));
        assertThat(dials).isLessThan(610);
        assertThat(states).last().satisfies(state -> assertThat(state.line()).contains("connection refused"));
    }

    @Test
    void aRelayThatGrantsAndHangsUpIsNotBesiegedEither() {
        begin();
        for (int i = 0; i < 100; i++) {
            lose();
            strands.advance(Duration.ofSeconds(2));
        }
        int before = dials;
        for (int i = 0; i < 60; i++) {
            lose();
            strands.advance(Duration.ofSeconds(1));
        }
        assertThat(dials - before).isLessThanOrEqualTo(60);
    }

    @Test
    void whoIsNotAuthorizedAsksEveryHalfMinute() {
        answers = StatusCode.PERMISSION_DENIED;
        begin();
        assertThat(states)
                .containsExactly(new ReservationState.Refused(StatusCode.PERMISSION_DENIED, Duration.ofSeconds(30)));
        strands.advance(Duration.ofSeconds(29));
        assertThat(requests).isOne();
        answers = StatusCode.OK;
        strands.advance(Duration.ofSeconds(1));
        assertThat(advertised).isEqualTo(CIRCUITS);
    }

    @Test
    void aRefusedRenewalTakesTheAddressBack() {
        begin();
        answers = StatusCode.RESERVATION_REFUSED;
        strands.advance(Duration.ofMinutes(58));
        assertThat(advertised).isEmpty();
        assertThat(states).last().isInstanceOf(ReservationState.Refused.class);
    }

    @Test
    void aReservationThatHasAlreadyEndedIsNotBelieved() {
        grants = Duration.ofSeconds(-5);
        begin();
        assertThat(advertised).isEmpty();
        assertThat(states).last().satisfies(state -> assertThat(state.line()).contains("it ended 5 s ago"));
        strands.advance(Duration.ofMinutes(1));
        assertThat(requests).isLessThan(70);
    }

    @Test
    void aReservationForASecondIsRenewedOnceASecond() {
        grants = Duration.ofSeconds(1);
        begin();
        strands.advance(Duration.ofMinutes(1));
        assertThat(requests).isBetween(55, 65);
    }

    @Test
    void aReservationUntilTheYear9999IsRenewedAfterADay() {
        grants = Duration.ofDays(2_900_000);
        begin();
        strands.advance(Duration.ofHours(23));
        assertThat(requests).isOne();
        strands.advance(Duration.ofHours(1));
        assertThat(requests).isEqualTo(2);
    }

    @Test
    void aRelayThatSaysNothingIsAskedAgain() {
        silent = true;
        begin();
        strands.advance(Duration.ofSeconds(15));
        assertThat(states).last().satisfies(state -> assertThat(state.line()).contains("no answer within 15 s"));
        silent = false;
        strands.advance(Duration.ofSeconds(1));
        assertThat(advertised).isEqualTo(CIRCUITS);
    }

    private void begin() {
        KeptReservation story = new KeptReservation(
                Samples.peer(1),
                Samples.peer(2),
                this::connect,
                circuits -> advertised = circuits,
                states::add,
                strands,
                this::now,
                () -> 0.5);
        scope.fork("story", story::run);
        strands.runUntilIdle();
    }

    private void lose() {
        closed.complete(null);
        strands.runUntilIdle();
    }

    private Instant now() {
        return START.plusNanos(strands.nanoTime());
    }

    private CompletionStage<RelaySession> connect() {
        dials++;
        if (!up) {
            return CompletableFuture.failedStage(new IllegalStateException("connection refused"));
        }
        closed = new CompletableFuture<>();
        return CompletableFuture.completedStage(new Script(closed));
    }

    private HopMessage.Status answer() {
        if (!answers.isOk()) {
            return HopMessage.Status.of(answers);
        }
        UnixSeconds expire = UnixSeconds.of(now().plus(grants));
        HopMessage.Slot slot = new HopMessage.Slot(expire, List.of(WHERE), new byte[0]);
        return new HopMessage.Status(StatusCode.OK, Optional.of(slot), Optional.empty());
    }

    private final class Script implements RelaySession {
        private final CompletableFuture<Void> end;

        Script(CompletableFuture<Void> end) {
            this.end = end;
        }

        @Override
        public CompletionStage<HopMessage.Status> reserve() {
            requests++;
            return silent ? new CompletableFuture<>() : CompletableFuture.completedStage(answer());
        }

        @Override
        public Multiaddr relayAddress() {
            return WHERE;
        }

        @Override
        public CompletionStage<?> closed() {
            return end;
        }
    }
}
