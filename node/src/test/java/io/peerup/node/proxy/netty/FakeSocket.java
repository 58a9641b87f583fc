package io.peerup.node.proxy.netty;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelPromise;
import java.io.IOException;

/** A local socket whose other program is the test. */
final class FakeSocket implements LocalSocket {
    final FakeSide side = new FakeSide(false);
    private boolean finished;
    private boolean closed;
    private boolean reset;
    private boolean gone;

    /** Whether the program has seen FIN. */
    boolean finished() {
        return finished;
    }

    boolean isClosed() {
        return closed;
    }

    /** Whether the program has seen RST. */
    boolean isReset() {
        return reset;
    }

    /** The program breaks off. */
    void breakOff() {
        side.channel.pipeline().fireExceptionCaught(new IOException("Connection reset by peer"));
        side.channel.close();
        side.run();
    }

    /** The program breaks off after its FIN; the kernel tells whoever uses the socket next. */
    void breakOffUnnoticed() {
        gone = true;
    }

    @Override
    public Channel channel() {
        return side.channel;
    }

    @Override
    public ChannelFuture finish() {
        ChannelPromise done = side.channel.newPromise();
        if (gone) {
            return done.setFailure(new IOException("Transport endpoint is not connected"));
        }
        side.whenTaken(() -> {
            finished = side.channel.isOpen();
            done.trySuccess();
        });
        return done;
    }

    @Override
    public void close() {
        closed = true;
        side.channel.close();
        side.run();
    }

    @Override
    public void reset() {
        reset = true;
        side.channel.close();
        side.run();
    }
}
