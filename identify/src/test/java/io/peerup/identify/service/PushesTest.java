package io.peerup.identify.service;

import static io.peerup.identify.Samples.PEER;
import static io.peerup.identify.Samples.address;
import static org.assertj.core.api.Assertions.assertThat;

import io.peerup.swarm.Connection;
import io.peerup.swarm.StreamRefused;
import io.peerup.swarm.strands.Strands.StrandScope;
import io.peerup.testkit.strands.SimStrands;
import io.peerup.testkit.streams.EmbeddedConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PushesTest {
    private final SimStrands strands = new SimStrands();
    private final StrandScope scope = strands.open("test");
    private final List<Connection> due = new ArrayList<>();
    private final List<CompletableFuture<Void>> underWay = new ArrayList<>();
    private final Pushes pushes = new Pushes(strands, () -> List.copyOf(due), this::push);

    @AfterEach
    void stop() {
        scope.close();
    }

    @Test
    void changesThatComeTogetherAreToldTogether() {
        begin(3);
        for (int i = 0; i < 100; i++) {
            pushes.soon();
        }
        strands.advance(Pushes.DELAY.minusNanos(1));
        assertThat(underWay).isEmpty();
        strands.advance(Duration.ofNanos(1));
        assertThat(underWay).hasSize(3);
        finishAll();
        strands.advance(Duration.ofHours(1));
        assertThat(underWay).hasSize(3);
    }

    @Test
    void nothingIsToldWithoutAChange() {
        begin(3);
        strands.advance(Duration.ofHours(1));
        assertThat(underWay).isEmpty();
    }

    @Test
    void aChangeDuringPushesIsToldAfterThem() {
        begin(1);
        pushes.soon();
        strands.advance(Pushes.DELAY);
        pushes.soon();
        strands.advance(Duration.ofSeconds(1));
        assertThat(underWay).hasSize(1);
        finishAll();
        strands.advance(Pushes.DELAY);
        assertThat(underWay).hasSize(2);
    }

    @Test
    void noMoreThanThirtyTwoAreUnderWay() {
        begin(100);
        pushes.soon();
        strands.advance(Pushes.DELAY);
        assertThat(underWay).hasSize(Pushes.CONCURRENCY);
        underWay.getFirst().complete(null);
        strands.runUntilIdle();
        assertThat(underWay).hasSize(Pushes.CONCURRENCY + 1);
    }

    @Test
    void thoseWhoDoNotListenHoldNobodyUpForLong() {
        begin(100);
        pushes.soon();
        strands.advance(Pushes.DELAY);
        strands.advance(Pushes.PATIENCE.multipliedBy(4));
        assertThat(underWay).hasSize(100);
    }

    @Test
    void whoRefusesHoldsNobodyUp() {
        begin(100);
        pushes.soon();
        strands.advance(Pushes.DELAY);
        for (int i = 0; i < 100; i++) {
            underWay.get(i).completeExceptionally(new StreamRefused(StreamRefused.Cause.RESET, "no"));
            strands.runUntilIdle();
        }
        assertThat(underWay).hasSize(100);
    }

    @Test
    void cancellingTheStoryCancelsWhatIsUnderWay() {
        begin(100);
        pushes.soon();
        strands.advance(Pushes.DELAY);
        scope.close();
        underWay.forEach(push -> push.complete(null));
        strands.advance(Duration.ofHours(1));
        assertThat(underWay).hasSize(Pushes.CONCURRENCY);
    }

    private void begin(int listeners) {
        for (int i = 0; i < listeners; i++) {
            due.add(new EmbeddedConnection(
                    PEER.publicKey(), address("/ip4/11.0.0.1/tcp/1"), address("/ip4/11.0.0.2/tcp/" + (i + 1))));
        }
        scope.fork("pushes", pushes::run);
        strands.runUntilIdle();
    }

    private CompletionStage<Void> push(Connection connection) {
        CompletableFuture<Void> said = new CompletableFuture<>();
        underWay.add(said);
        return said;
    }

    private void finishAll() {
        List.copyOf(underWay).forEach(push -> push.complete(null));
        strands.runUntilIdle();
    }
}
