package io.peerup.node.proxy.netty;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelPromise;
import io.peerup.swarm.CloseReason;
import io.peerup.swarm.Direction;
import io.peerup.swarm.MuxedStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A stream whose peer is the test. */
final class FakeStream implements MuxedStream {
    final FakeSide side = new FakeSide(true);
    private final CompletableFuture<CloseReason> closed = new CompletableFuture<>();
    private boolean finished;

    /** Whether the peer has seen our FIN. */
    boolean finished() {
        return finished;
    }

    boolean isReset() {
        return closed.isDone() && !(closed.join() instanceof CloseReason.Finished);
    }

    void end(CloseReason why) {
        if (closed.complete(why)) {
            side.channel.close();
            side.run();
        }
    }

    /** As a muxer does when both ends have finished. */
    void endIfFinished() {
        if (finished && side.endRead()) {
            end(new CloseReason.Finished());
        }
    }

    @Override
    public Channel channel() {
        return side.channel;
    }

    @Override
    public Direction direction() {
        return Direction.OUTBOUND;
    }

    @Override
    public ChannelFuture finish() {
        ChannelPromise done = side.channel.newPromise();
        side.whenTaken(() -> {
            finished = !closed.isDone();
            done.trySuccess();
            endIfFinished();
        });
        return done;
    }

    @Override
    public void reset(long code) {
        end(new CloseReason.Local(code));
    }

    @Override
    public void stopReading(long code) {
        throw new UnsupportedOperationException("a bridge reads to the end or resets");
    }

    @Override
    public CompletionStage<CloseReason> closed() {
        return closed;
    }
}
