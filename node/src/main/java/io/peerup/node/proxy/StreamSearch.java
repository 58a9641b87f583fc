package io.peerup.node.proxy;

import io.peerup.swarm.Connection;
import io.peerup.swarm.ErrorCode;
import io.peerup.swarm.MuxedStream;
import io.peerup.swarm.OneLine;
import io.peerup.swarm.strands.Strands;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The story of one client that waits for a stream: ask, and ask again a little later, until there is one, it is clear
 * that there will be none, or the client has left. Told on a strand.
 */
final class StreamSearch {
    private final StreamOpener opener;
    private final RetryPolicy retry;
    private final Strands strands;
    private final Client client;

    /** Who waits. */
    interface Client extends StreamOpener.Attachment {
        /** Whether it is worth trying once more for it. */
        boolean isWaiting();
    }

    /** How the story ends. */
    sealed interface Result {
        /** The client was given its stream. */
        record Found() implements Result {}

        /** The client has left. */
        record ClientLeft() implements Result {}

        /** Nobody gives it one; says why, in one line. */
        record GivenUp(String line) implements Result {}
    }

    StreamSearch(StreamOpener opener, RetryPolicy retry, Strands strands, Client client) {
        this.opener = opener;
        this.retry = retry;
        this.strands = strands;
        this.client = client;
    }

    /** Tells the story; when it is interrupted, the client has no stream and gets none. */
    Result run() throws InterruptedException {
        for (int failures = 1; ; failures++) {
            String problem;
            try {
                attempt();
                return new Result.Found();
            } catch (ServiceDenied denied) {
                return new Result.GivenUp(OneLine.of(denied));
            } catch (ExecutionException failed) {
                problem = OneLine.of(failed);
            } catch (TimeoutException tooLong) {
                problem = "no stream within " + retry.attemptPatience().toSeconds() + " s";
            }
            Optional<Duration> pause = retry.pauseAfter(failures);
            if (pause.isEmpty()) {
                return new Result.GivenUp(failures > 1 ? "all " + failures + " attempts failed: " + problem : problem);
            }
            if (!client.isWaiting()) {
                return new Result.ClientLeft();
            }
            strands.sleep(pause.get());
            if (!client.isWaiting()) {
                return new Result.ClientLeft();
            }
        }
    }

    private void attempt() throws ServiceDenied, ExecutionException, TimeoutException, InterruptedException {
        Attempt attempt = new Attempt(client);
        CompletionStage<?> opening = opener.open(attempt);
        try {
            strands.await(opening, retry.attemptPatience());
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof ServiceDenied denied) {
                throw denied;
            }
            throw failed;
        } catch (TimeoutException tooLong) {
            if (attempt.abandon()) {
                throw tooLong;
            }
        } catch (InterruptedException cancelled) {
            if (attempt.abandon()) {
                throw cancelled;
            }
            Thread.currentThread().interrupt();
        }
    }

    /** One attempt, which may come to something after it was given up; exactly one of the two sides wins. */
    private static final class Attempt implements StreamOpener.Attachment {
        private final Client client;
        private final AtomicBoolean decided = new AtomicBoolean();

        Attempt(Client client) {
            this.client = client;
        }

        @Override
        public void attach(MuxedStream stream, Connection connection) {
            if (decided.compareAndSet(false, true)) {
                client.attach(stream, connection);
            } else {
                stream.reset(ErrorCode.NONE.streamCode());
            }
        }

        boolean abandon() {
            return decided.compareAndSet(false, true);
        }
    }
}
