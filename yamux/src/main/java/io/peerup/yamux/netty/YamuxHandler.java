package io.peerup.yamux.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.peerup.swarm.CloseReason;
import io.peerup.swarm.Direction;
import io.peerup.swarm.MuxedConnection;
import io.peerup.swarm.MuxedStream;
import io.peerup.swarm.Role;
import io.peerup.swarm.limits.MemoryBudget;
import io.peerup.wire.ProtocolViolation;
import io.peerup.yamux.YamuxCodec;
import io.peerup.yamux.YamuxConfig;
import io.peerup.yamux.YamuxEvent;
import io.peerup.yamux.YamuxFrame;
import io.peerup.yamux.YamuxSession;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Drives a session: feeds it what arrives, sends what it wants sent while the channel below takes more, and moves bytes
 * between the channel and the streams. It decides nothing itself.
 */
final class YamuxHandler extends ChannelInboundHandlerAdapter implements MuxedConnection, FrameReader.Sink {
    private static final String NO_MORE_STREAMS = "the connection takes no more streams";

    private final Channel channel;
    private final LongSupplier nanoClock;
    private final YamuxSession session;
    private final FrameReader reader = new FrameReader(this);
    private final StreamTable streams = new StreamTable();
    private final WaitingOpens waitingOpens;
    private final DeadlineTimer timer;
    private final List<ByteBuf> payload = new ArrayList<>();
    private final CompletableFuture<CloseReason> closed = new CompletableFuture<>();
    private volatile long roundTripNanos;
    private Consumer<MuxedStream> acceptor = stream -> stream.reset(0);
    private @Nullable CloseReason reason;
    private boolean reading; // a packet is being taken apart
    private boolean driving; // frames are being written

    YamuxHandler(Channel channel, Role role, YamuxConfig config, MemoryBudget memory, LongSupplier nanoClock) {
        this.channel = channel;
        this.nanoClock = nanoClock;
        this.waitingOpens = new WaitingOpens(config.maxWaitingOpens());
        this.timer = new DeadlineTimer(channel.eventLoop(), nanoClock, this::expire);
        this.session = new YamuxSession(role == Role.INITIATOR, config, memory, nanoClock.getAsLong());
    }

    @Override
    public void acceptStreams(Consumer<MuxedStream> streamAcceptor) {
        this.acceptor = streamAcceptor;
    }

    @Override
    public CompletionStage<MuxedStream> openStream() {
        CompletableFuture<MuxedStream> opened = new CompletableFuture<>();
        if (reason != null || !channel.isActive()) {
            WaitingOpens.refuse(opened, "the connection is closed");
        } else if (session.opensNoMore()) {
            WaitingOpens.refuse(opened, NO_MORE_STREAMS);
        } else if (waitingOpens.isEmpty() && session.canOpen()) {
            open(opened);
        } else {
            waitingOpens.add(opened);
        }
        return opened;
    }

    @Override
    public int openStreams() {
        return streams.size();
    }

    @Override
    public OptionalLong roundTripNanos() {
        return roundTripNanos == 0 ? OptionalLong.empty() : OptionalLong.of(roundTripNanos);
    }

    @Override
    public void close(long code) {
        onLoop(() -> closeWith(new CloseReason.Local(code), code));
    }

    @Override
    public CompletionStage<CloseReason> closed() {
        return closed;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        if (channel.isOpen()) {
            drive();
        } else {
            end(new CloseReason.Remote(0));
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf in = (ByteBuf) message;
        reading = true;
        try {
            while (reason == null && in.isReadable()) {
                reader.readNext(in);
            }
        } catch (ProtocolViolation violation) {
            closeWith(CloseReason.Violated.of(violation), YamuxFrame.GoAway.PROTOCOL_ERROR);
        } finally {
            in.release();
            reading = false;
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        session.roundTripNanos().ifPresent(nanos -> roundTripNanos = nanos);
        drive();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        drive();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) throws Exception {
        end(new CloseReason.Remote(0));
        super.channelInactive(ctx);
    }

    /** A transport that knows why it ends says so before. */
    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof CloseReason why) {
            closeWith(why, 0);
        }
        ctx.fireUserEventTriggered(event);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        closeWith(
                cause instanceof ProtocolViolation violation
                        ? CloseReason.Violated.of(violation)
                        : new CloseReason.Failed(cause),
                0);
    }

    @Override
    public YamuxSession.Payload header(YamuxFrame frame) throws ProtocolViolation {
        YamuxSession.Payload payload = session.receive(frame, nanoClock.getAsLong());
        handleEvents();
        return payload;
    }

    @Override
    public void payload(int streamId, ByteBuf piece) {
        YamuxStreamChannel stream = streams.get(streamId);
        if (stream == null) {
            piece.release();
        } else {
            stream.received(piece);
        }
    }

    @Override
    public void ended(YamuxFrame.Data frame) {
        session.payloadEnded(frame);
        handleEvents();
    }

    /** The application read bytes of a stream. */
    void consumed(YamuxStreamChannel stream, int bytes) {
        session.consumed(stream.streamId(), bytes, nanoClock.getAsLong());
        handleEvents();
        driveUnlessReading();
    }

    /** The application leaves bytes of a stream unread. */
    void fallsBehind(YamuxStreamChannel stream) {
        session.fallsBehind(stream.streamId());
        handleEvents();
        driveUnlessReading();
    }

    /** A stream has flushed bytes. */
    void wantsToSend(YamuxStreamChannel stream) {
        session.wantsToSend(stream.streamId());
        driveUnlessReading();
    }

    /** A stream has handed over its last byte. */
    void finish(YamuxStreamChannel stream) {
        session.finish(stream.streamId());
        handleEvents();
        driveUnlessReading();
    }

    /** A stream ends before its time. */
    void reset(YamuxStreamChannel stream, long code) {
        streams.remove(stream.streamId());
        session.reset(stream.streamId(), code);
        handleEvents();
        driveUnlessReading();
    }

    /** A stream wants no more. */
    void stopReading(YamuxStreamChannel stream) {
        session.stopReading(stream.streamId());
        handleEvents();
    }

    private void handleEvents() {
        for (YamuxEvent event = session.nextEvent(); event != null; event = session.nextEvent()) {
            switch (event) {
                case YamuxEvent.Opened(int id) -> acceptor.accept(register(id, Direction.INBOUND));
                case YamuxEvent.RemoteFinished(int id) -> {
                    YamuxStreamChannel stream = streams.get(id);
                    if (stream != null) {
                        stream.remoteFinished();
                    }
                }
                case YamuxEvent.RemoteReset(int id, long code) -> endStream(id, new CloseReason.Remote(code));
                case YamuxEvent.Overflowed(int id, long code) -> endStream(id, new CloseReason.Local(code));
                case YamuxEvent.Ended(int id) -> streams.remove(id); // which closes itself, for it knows as much
                case YamuxEvent.OpenPossible() -> openWaiting();
                case YamuxEvent.GoneAway(long code) -> {
                    if (code != 0) {
                        closeWith(new CloseReason.Remote(code), 0);
                    } else {
                        // It only opens no more and lets none be opened; it closes when it is done.
                        waitingOpens.refuseAll(NO_MORE_STREAMS);
                    }
                }
                case YamuxEvent.Unresponsive() -> closeWith(new CloseReason.TimedOut("keepalive"), 0);
            }
        }
    }

    private void openWaiting() {
        while (session.canOpen() && !waitingOpens.isEmpty()) {
            open(waitingOpens.next());
        }
    }

    private void open(CompletableFuture<MuxedStream> opened) {
        YamuxStreamChannel stream = register(session.open(nanoClock.getAsLong()), Direction.OUTBOUND);
        if (!opened.complete(stream)) {
            stream.reset(0);
        }
        driveUnlessReading();
    }

    private YamuxStreamChannel register(int id, Direction direction) {
        YamuxStreamChannel stream = new YamuxStreamChannel(channel, this, id, direction);
        streams.put(id, stream);
        channel.eventLoop().register(stream);
        return stream;
    }

    private void driveUnlessReading() {
        if (!reading) {
            drive();
        }
    }

    /** Sends what the session and the streams have, as far as the channel below takes it; one flush, one timer. */
    private void drive() {
        if (driving || !channel.isActive()) {
            return;
        }
        boolean wrote = false;
        driving = true;
        try {
            wrote = writeFrames();
            for (int id = nextToSend(); id != 0; id = nextToSend()) {
                wrote |= writeData(id);
                wrote |= writeFrames();
            }
        } catch (OutOfMemoryError lost) {
            // A frame that was pulled and not written leaves a gap that nothing can follow.
            closeWith(new CloseReason.Failed(lost), 0);
        } finally {
            driving = false;
        }
        if (wrote) {
            channel.flush();
        }
        timer.arm(session.deadlineNanos());
    }

    private int nextToSend() {
        return channel.isWritable() && reason == null ? session.nextToSend() : 0;
    }

    private boolean writeFrames() {
        boolean wrote = false;
        while (channel.isWritable() || reason != null) {
            YamuxFrame frame = session.nextFrame();
            if (frame == null) {
                break;
            }
            ByteBuf out = channel.alloc().directBuffer(YamuxCodec.HEADER_BYTES, YamuxCodec.HEADER_BYTES);
            YamuxCodec.encode(frame, out);
            channel.write(out);
            wrote = true;
        }
        return wrote;
    }

    private boolean writeData(int id) {
        YamuxStreamChannel stream = streams.get(id);
        if (stream == null) {
            return false;
        }
        ByteBuf header = channel.alloc().directBuffer(YamuxCodec.HEADER_BYTES, YamuxCodec.HEADER_BYTES);
        int bytes = stream.takeFlushed(session.allowanceBytes(id), payload);
        if (bytes > 0) {
            YamuxCodec.encodeData(id, bytes, header);
            channel.write(header);
        } else {
            header.release();
        }
        for (int i = 0; i < payload.size(); i++) {
            channel.write(payload.get(i));
        }
        payload.clear();
        session.sent(id, bytes, stream.hasFlushed());
        stream.finishIfDrained();
        return bytes > 0;
    }

    private void expire() {
        if (reason == null) {
            session.onDeadline(nanoClock.getAsLong());
            handleEvents();
            drive();
        }
    }

    /** Ends the connection: a last word to the peer if there is a code, then the channel closes. */
    private void closeWith(CloseReason why, long code) {
        if (reason != null) {
            return;
        }
        reason = why;
        if (code != 0 && channel.isActive()) {
            session.goAway(code);
            writeFrames();
            channel.flush();
        }
        endStreams(why);
        channel.close();
    }

    /** The channel is gone. */
    private void end(CloseReason whyIfUnknown) {
        CloseReason why = reason == null ? whyIfUnknown : reason;
        reason = why;
        timer.cancel();
        endStreams(why);
        closed.complete(why);
    }

    private void endStreams(CloseReason why) {
        waitingOpens.refuseAll("the connection was closed: " + why);
        for (YamuxStreamChannel stream : streams.all()) {
            endStream(stream.streamId(), why.ofItsStreams());
        }
    }

    private void endStream(int id, CloseReason why) {
        YamuxStreamChannel stream = streams.remove(id);
        if (stream != null) {
            stream.end(why);
        }
    }

    private void onLoop(Runnable task) {
        if (channel.eventLoop().inEventLoop()) {
            task.run();
        } else {
            channel.eventLoop().execute(task);
        }
    }
}
