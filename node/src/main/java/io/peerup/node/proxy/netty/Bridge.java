package io.peerup.node.proxy.netty;

import io.netty.channel.Channel;
import io.peerup.swarm.CloseReason;
import io.peerup.swarm.ErrorCode;
import io.peerup.swarm.MuxedStream;
import io.peerup.swarm.OneLine;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A stream and a local socket of the same event loop, joined: bytes, FIN, reset and back-pressure pass both ways. It is
 * over when both directions have come to their end. If one side breaks, both are reset.
 *
 * <p>No timer ends it.
 */
public final class Bridge {
    private final MuxedStream stream;
    private final LocalSocket socket;
    private final Flow toPeer;
    private final Flow fromPeer;
    private final CompletableFuture<BridgeEnd> ended = new CompletableFuture<>();
    private boolean streamFinished;
    private boolean socketInputEnded;
    private boolean socketOutputEnded;

    private Bridge(MuxedStream stream, LocalSocket socket) {
        this.stream = stream;
        this.socket = socket;
        this.toPeer = new Flow(stream.channel(), new SocketSide());
        this.fromPeer = new Flow(socket.channel(), new StreamSide());
    }

    /** A bridge that carries nothing before it is told to {@link #begin}. */
    public static Bridge between(HeldStream held, LocalSocket socket) {
        return new Bridge(held.stream(), socket);
    }

    /** Joins the two and reads both; on their event loop, once. Whichever has ended already ends the other. */
    public void begin() {
        stream.channel().pipeline().addLast(fromPeer);
        socket.channel().pipeline().addLast(toPeer);
        stream.closed().thenAccept(this::streamClosed);
        if (!socket.channel().isActive()) {
            breakOff(new CloseReason.Failed(new LocalSocketBroken("closed")));
        }
        Hold.release(stream.channel());
        Hold.release(socket.channel());
        readWhileTaken(stream.channel(), socket.channel());
        readWhileTaken(socket.channel(), stream.channel());
    }

    /** What it has carried so far; on any thread. */
    public Traffic traffic() {
        return new Traffic(toPeer.carriedBytes(), fromPeer.carriedBytes());
    }

    /** Completes once, on the event loop, when it is over; never exceptionally. */
    public CompletionStage<BridgeEnd> ended() {
        return ended;
    }

    /** Ends it at once, both sides by reset; on any thread. */
    public void cut(ErrorCode why) {
        socket.channel().eventLoop().execute(() -> {
            stream.reset(why.streamCode());
            breakOff(new CloseReason.Local(why.streamCode()));
        });
    }

    private static void readWhileTaken(Channel from, Channel to) {
        from.config().setAutoRead(to.isWritable());
    }

    private void streamClosed(CloseReason why) {
        if (why instanceof CloseReason.Finished) {
            streamFinished = true;
            endIfFinished();
        } else {
            breakOff(why);
        }
    }

    private boolean socketFinished() {
        return socketInputEnded && socketOutputEnded;
    }

    /** A socket that has had both FINs has nothing more to learn; the stream may still wait for credit. */
    private void closeSocketIfFinished() {
        if (socketFinished() && !ended.isDone()) {
            socket.close();
            endIfFinished();
        }
    }

    /** The last bytes may still be on their way into the socket when the stream is over. */
    private void endIfFinished() {
        if (streamFinished && socketFinished()) {
            ended.complete(new BridgeEnd(traffic(), new CloseReason.Finished()));
        }
    }

    private void breakOff(CloseReason why) {
        if (ended.complete(new BridgeEnd(traffic(), why))) {
            socket.reset();
            stream.reset(ErrorCode.NONE.streamCode());
        }
    }

    /** What the socket's own direction, to the peer, tells. */
    private final class SocketSide implements Flow.Listener {
        @Override
        public void inputEnded() {
            stream.finish();
            socketInputEnded = true;
            closeSocketIfFinished();
        }

        @Override
        public void broken(Throwable cause) {
            breakOff(new CloseReason.Failed(new LocalSocketBroken(OneLine.of(cause))));
        }

        @Override
        public void inactive() {
            if (!socketFinished()) {
                breakOff(new CloseReason.Failed(new LocalSocketBroken("closed")));
            }
        }
    }

    /** What the stream's own direction, from the peer, tells. */
    private final class StreamSide implements Flow.Listener {
        @Override
        public void inputEnded() {
            socket.finish().addListener(done -> {
                if (done.isSuccess()) {
                    socketOutputEnded = true;
                    closeSocketIfFinished();
                } else {
                    // After its FIN nobody reads the socket, so that only this tells of an RST that came since.
                    breakOff(new CloseReason.Failed(new LocalSocketBroken(OneLine.of(done.cause()))));
                }
            });
        }

        @Override
        public void broken(Throwable cause) {
            breakOff(new CloseReason.Failed(cause));
        }

        /** Why it closed, {@link MuxedStream#closed} tells. */
        @Override
        public void inactive() {}
    }
}
