package io.peerup.node.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerup.node.proxy.StreamSearch.Result;
import io.peerup.swarm.Connection;
import io.peerup.swarm.Direction;
import io.peerup.swarm.MuxedStream;
import io.peerup.swarm.StreamRefused;
import io.peerup.swarm.strands.Strands.Strand;
import io.peerup.swarm.strands.Strands.StrandScope;
import io.peerup.testkit.strands.SimStrands;
import io.peerup.testkit.streams.EmbeddedConnection;
import io.peerup.testkit.streams.EmbeddedStream;
import io.peerup.wire.Identity;
import io.peerup.wire.Multiaddr;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StreamSearchTest {
    private final StreamRefused unreachable =
            new StreamRefused(StreamRefused.Cause.NOT_CONNECTED, "no addresses known for it");

    private final SimStrands strands = new SimStrands();
    private final StrandScope scope = strands.open("test");
    private final Opener opener = new Opener();
    private final WaitingClient client = new WaitingClient();
    private final EmbeddedStream stream = new EmbeddedStream(Direction.OUTBOUND);
    private Connection connection;
    private Strand<Result> story;

    @BeforeEach
    void begin() throws Exception {
        Multiaddr address = Multiaddr.parse("/ip4/127.0.0.1/tcp/4001");
        connection = new EmbeddedConnection(Identity.generate().publicKey(), address, address);
        story = scope.fork("search", new StreamSearch(opener, RetryPolicy.defaults(), strands, client)::run);
        strands.runUntilIdle();
    }

    @AfterEach
    void end() {
        scope.close();
        stream.reset(0);
    }

    @Test
    void theFirstStreamIsTheClients() {
        opener.succeed();
        assertResult(new Result.Found());
        assertThat(client.streams).containsExactly(stream);
    }

    @Test
    void afterAFailureItTriesAgainAfterOneTwoAndFourSeconds() {
        for (int pause : new int[] {1, 2, 4}) {
            opener.fail(unreachable);
            int asked = opener.asked;
            strands.advance(Duration.ofSeconds(pause).minusNanos(1));
            assertThat(opener.asked).isEqualTo(asked);
            strands.advance(Duration.ofNanos(1));
            assertThat(opener.asked).isEqualTo(asked + 1);
        }
        opener.fail(unreachable);
        assertResult(new Result.GivenUp("all 4 attempts failed: no addresses known for it"));
        assertThat(client.streams).isEmpty();
    }

    @Test
    void aRetryMaySucceed() {
        opener.fail(unreachable);
        strands.advance(Duration.ofSeconds(1));
        opener.succeed();
        assertResult(new Result.Found());
    }

    @Test
    void aDenialIsNotTriedAgain() {
        opener.fail(new ServiceDenied("it offers no service ssh"));
        assertResult(new Result.GivenUp("it offers no service ssh"));
        assertThat(opener.asked).isOne();
    }

    @Test
    void anAttemptThatTakesTooLongIsOneThatFailed() {
        for (int pause : new int[] {1, 2, 4, 0}) {
            strands.advance(Duration.ofSeconds(30 + pause));
        }
        assertResult(new Result.GivenUp("all 4 attempts failed: no stream within 30 s"));
        assertThat(opener.asked).isEqualTo(4);
    }

    @Test
    void aStreamThatComesAfterItsAttemptWasGivenUpIsReset() {
        CompletableFuture<Void> late = opener.opening;
        StreamOpener.Attachment lateAttachment = opener.attachment;
        strands.advance(Duration.ofSeconds(31));
        EmbeddedStream lateStream = new EmbeddedStream(Direction.OUTBOUND);
        lateAttachment.attach(lateStream, connection);
        late.complete(null);
        assertThat(lateStream.resetCode()).hasValue(0);
        assertThat(client.streams).isEmpty();
        opener.succeed();
        assertThat(client.streams).containsExactly(stream);
        assertResult(new Result.Found());
    }

    @Test
    void forAClientThatHasLeftNobodyIsAskedAgain() {
        client.waiting = false;
        opener.fail(unreachable);
        assertResult(new Result.ClientLeft());
        assertThat(opener.asked).isOne();
    }

    @Test
    void aClientMayLeaveDuringAPause() {
        opener.fail(unreachable);
        strands.runUntilIdle();
        client.waiting = false;
        strands.advance(Duration.ofSeconds(1));
        assertResult(new Result.ClientLeft());
        assertThat(opener.asked).isOne();
    }

    @Test
    void aSearchThatIsCancelledTakesNoStreamAnyMore() {
        story.cancel();
        strands.runUntilIdle();
        assertThat(story.result().toCompletableFuture()).isCompletedExceptionally();
        opener.attachment.attach(stream, connection);
        assertThat(stream.resetCode()).hasValue(0);
        assertThat(client.streams).isEmpty();
    }

    private void assertResult(Result expected) {
        strands.runUntilIdle();
        assertThat(story.result().toCompletableFuture()).isCompletedWithValue(expected);
    }

    private final class Opener implements StreamOpener {
        private CompletableFuture<Void> opening = new CompletableFuture<>();
        private Attachment attachment = (stream, connection) -> {};
        private int asked;

        @Override
        public CompletionStage<?> open(Attachment wanted) {
            asked++;
            attachment = wanted;
            opening = new CompletableFuture<>();
            return opening;
        }

        void succeed() {
            attachment.attach(stream, connection);
            opening.complete(null);
        }

        void fail(Exception why) {
            opening.completeExceptionally(why);
            strands.runUntilIdle();
        }
    }

    private static final class WaitingClient implements StreamSearch.Client {
        private final List<MuxedStream> streams = new ArrayList<>();
        private boolean waiting = true;

        @Override
        public boolean isWaiting() {
            return waiting;
        }

        @Override
        public void attach(MuxedStream stream, Connection connection) {
            streams.add(stream);
        }
    }
}
