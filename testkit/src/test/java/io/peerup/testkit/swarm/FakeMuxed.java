package io.peerup.testkit.swarm;

import io.peerup.swarm.CloseReason;
import io.peerup.swarm.Direction;
import io.peerup.swarm.MuxedConnection;
import io.peerup.swarm.MuxedStream;
import io.peerup.testkit.streams.EmbeddedStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** A multiplexed connection whose peer is the test. */
final class FakeMuxed implements MuxedConnection {
    final List<EmbeddedStream> opened = new ArrayList<>();
    private final List<EmbeddedStream> all = new ArrayList<>();
    private final CompletableFuture<CloseReason> closed = new CompletableFuture<>();
    private Consumer<MuxedStream> acceptor = stream -> {
        throw new IllegalStateException("a stream before anybody accepts streams");
    };

    // ── what the peer does ──

    /** Opens a stream. */
    EmbeddedStream opensStream() {
        EmbeddedStream stream = new EmbeddedStream(Direction.INBOUND);
        all.add(stream);
        acceptor.accept(stream);
        return stream;
    }

    /** Ends the connection. */
    void ends(long code) {
        end(new CloseReason.Remote(code));
    }

    /** Takes whatever was sent on any stream, and ends. */
    void discard() {
        ends(0);
        for (EmbeddedStream stream : all) {
            stream.advance(Duration.ZERO);
            stream.sent();
        }
    }

    // ── what the swarm sees ──

    /** Why it ended, which it must have. */
    CloseReason reason() {
        return closed.resultNow();
    }

    boolean isOpen() {
        return !closed.isDone();
    }

    @Override
    public void acceptStreams(Consumer<MuxedStream> streams) {
        acceptor = streams;
    }

    @Override
    public CompletionStage<MuxedStream> openStream() {
        EmbeddedStream stream = new EmbeddedStream(Direction.OUTBOUND);
        all.add(stream);
        opened.add(stream);
        return CompletableFuture.completedStage(stream);
    }

    @Override
    public int openStreams() {
        return (int) all.stream().filter(stream -> stream.channel().isOpen()).count();
    }

    @Override
    public OptionalLong roundTripNanos() {
        return OptionalLong.empty();
    }

    @Override
    public void close(long code) {
        end(new CloseReason.Local(code));
    }

    @Override
    public CompletionStage<CloseReason> closed() {
        return closed;
    }

    private void end(CloseReason why) {
        if (closed.complete(why)) {
            all.forEach(stream -> stream.receiveReset(0));
        }
    }
}
