package io.peerup.identify.netty;

import io.netty.util.concurrent.Future;
import io.peerup.swarm.Connection;
import io.peerup.swarm.Connection.LimitedConnections;
import io.peerup.swarm.OneLine;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Ping, asking: 32 random bytes out, the same 32 back, and the time between. Rounds share a stream for as long as the
 * peer keeps it; go-libp2p ends one after 30 s, and the next round opens another. May be used from any thread.
 *
 * <pre>{@code
 * try (Ping ping = Ping.over(connection, System::nanoTime)) {
 *     Ping.Outcome outcome = strands.await(ping.round(Ping.PATIENCE));
 * }
 * }</pre>
 */
public final class Ping implements AutoCloseable {
    /** How long go-libp2p waits for an answer. */
    public static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Connection connection;
    private final LongSupplier nanoClock;
    private CompletionStage<?> previous = CompletableFuture.completedStage(null);
    private @Nullable PingStream stream;

    private Ping(Connection connection, LongSupplier nanoClock) {
        this.connection = connection;
        this.nanoClock = nanoClock;
    }

    /** What a round came to. */
    public sealed interface Outcome {
        /** The peer answered. */
        record Answered(Duration roundTrip) implements Outcome {}

        /** It did not, for as long as we were patient. */
        record TimedOut(Duration patience) implements Outcome {}

        /** It cannot, or answered wrongly; one line says why. */
        record Failed(String why) implements Outcome {}
    }

    /**
     * Rounds over this connection, also if a relay limits it. Opens nothing before the first.
     *
     * @param nanoClock what to measure with
     */
    public static Ping over(Connection connection, LongSupplier nanoClock) {
        return new Ping(connection, nanoClock);
    }

    /** One round on a stream of its own. Never completes exceptionally. */
    public static CompletionStage<Outcome> once(Connection connection, Duration patience, LongSupplier nanoClock) {
        Ping ping = over(connection, nanoClock);
        CompletionStage<Outcome> outcome = ping.round(patience);
        outcome.thenRun(ping::close);
        return outcome;
    }

    /**
     * One round, after those that were begun before it. Completes on the event loop, never exceptionally.
     *
     * @param patience for the round, including a stream that has to be opened
     */
    public CompletionStage<Outcome> round(Duration patience) {
        CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        onLoop(() -> {
            previous.thenRun(() -> begin(patience, outcome));
            previous = outcome;
        });
        return outcome;
    }

    /** Ends the stream, if there is one. A later round opens another. */
    @Override
    public void close() {
        onLoop(() -> {
            if (stream != null && stream.isOpen()) {
                stream.finish();
            }
        });
    }

    private void begin(Duration patience, CompletableFuture<Outcome> outcome) {
        Future<?> deadline = connection
                .eventLoop()
                .schedule(() -> expire(patience, outcome), patience.toNanos(), TimeUnit.NANOSECONDS);
        outcome.thenRun(() -> deadline.cancel(false));
        if (stream != null && stream.isOpen()) {
            ask(stream, outcome);
        } else {
            open(outcome);
        }
    }

    private void open(CompletableFuture<Outcome> outcome) {
        connection
                .openStream(List.of(PingProtocol.ID), LimitedConnections.ALLOWED, opened -> {
                    PingStream fresh = PingStream.on(opened.stream(), nanoClock);
                    stream = fresh;
                    if (outcome.isDone()) {
                        fresh.reset();
                    } else {
                        ask(fresh, outcome);
                    }
                    return fresh;
                })
                .whenComplete((opened, refused) -> {
                    if (refused != null) {
                        outcome.complete(new Outcome.Failed(OneLine.of(refused)));
                    }
                });
    }

    private void ask(PingStream asked, CompletableFuture<Outcome> outcome) {
        boolean usedBefore = asked.isProven();
        asked.ask().thenAccept(answer -> {
            switch (answer) {
                case PingStream.Answer.Returned(long nanos) ->
                    outcome.complete(new Outcome.Answered(Duration.ofNanos(nanos)));
                case PingStream.Answer.Broken(String why) -> {
                    if (usedBefore && !outcome.isDone()) {
                        open(outcome);
                    } else {
                        outcome.complete(new Outcome.Failed(why));
                    }
                }
            }
        });
    }

    private void expire(Duration patience, CompletableFuture<Outcome> outcome) {
        if (outcome.complete(new Outcome.TimedOut(patience)) && stream != null) {
            stream.reset();
        }
    }

    private void onLoop(Runnable task) {
        if (connection.eventLoop().inEventLoop()) {
            task.run();
        } else {
            connection.eventLoop().execute(task);
        }
    }
}
