package io.peerup.yamux.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.collection.IntObjectHashMap;
import io.netty.util.collection.IntObjectMap;
import io.netty.util.concurrent.Future;
import io.peerup.swarm.CloseReason;
import io.peerup.swarm.Direction;
import io.peerup.swarm.MuxedConnection;
import io.peerup.swarm.MuxedStream;
import io.peerup.swarm.Role;
import io.peerup.swarm.StreamRefused;
import io.peerup.wire.ProtocolViolation;
import io.peerup.yamux.YamuxCodec;
import io.peerup.yamux.YamuxConfig;
import io.peerup.yamux.YamuxEvent;
import io.peerup.yamux.YamuxFrame;
import io.peerup.yamux.YamuxSession;
import java.util.ArrayDeque;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Drives a session: feeds it what arrives, sends what it wants sent while the channel below takes more, and moves bytes
 * between the channel and the streams. It decides nothing itself.
 */
final class YamuxHandler extends ChannelInboundHandlerAdapter implements MuxedConnection, FrameReader.Sink {
    // ── for the whole connection ──
    private final Channel channel;
    private final YamuxConfig config;
    private final LongSupplier nanoClock;
    private final YamuxSession session;
    private final FrameReader reader = new FrameReader(this);
    private final IntObjectMap<YamuxStreamChannel> streams = new IntObjectHashMap<>();
    private final ArrayDeque<CompletableFuture<MuxedStream>> waitingOpens = new ArrayDeque<>();
    private final CompletableFuture<CloseReason> closed = new CompletableFuture<>();
    private volatile long roundTripNanos;
    private Consumer<MuxedStream> acceptor = stream -> stream.reset(0);
    private @Nullable CloseReason reason;
    private @Nullable Future<?> timer;
    private long timerNanos;

    // ── while a packet is taken apart, or frames are written ──
    private boolean reading;
    private boolean driving;

    YamuxHandler(Channel channel, Role role, YamuxConfig config, LongSupplier nanoClock) {
        this.channel = channel;
        this.config = config;
        this.nanoClock = nanoClock;
        this.session = new YamuxSession(role == Role.INITIATOR, config, nanoClock.getAsLong());
    }

    @Override
    public void acceptStreams(Consumer<MuxedStream> streamAcceptor) {
        this.acceptor = streamAcceptor;
    }

    @Override
    public CompletionStage<MuxedStream> openStream() {
        CompletableFuture<MuxedStream> opened = new CompletableFuture<>();
        if (reason != null || !channel.isActive()) {
            opened.completeExceptionally(
                    new StreamRefused(StreamRefused.Cause.CONNECTION_CLOSED, "the connection is closed"));
        } else if (waitingOpens.isEmpty() && session.canOpen()) {
            open(opened);
        } else if (waitingOpens.size() < config.maxWaitingOpens()) {
            waitingOpens.add(opened);
        } else {
            opened.completeExceptionally(new StreamRefused(
                    StreamRefused.Cause.TOO_MANY_STREAMS,
                    waitingOpens.size() + " streams wait to be acknowledged by the peer"));
        }
        return opened;
    }

    @Override
    public int openStreams() {
        return session.openStreams();
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
        drive();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf in = (ByteBuf) message;
        reading = true;
        try {
            if (reason == null) {
                reader.read(in);
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
                case YamuxEvent.Ended(int id) -> {
                    YamuxStreamChannel stream = streams.remove(id);
                    if (stream != null) {
                        stream.bothFinished();
                    }
                }
                case YamuxEvent.OpenPossible() -> openWaiting();
                case YamuxEvent.GoneAway(long code) -> {
                    // Without a code the peer only opens no more and lets none be opened; it closes when it is done.
                    if (code != 0) {
                        closeWith(new CloseReason.Remote(code), 0);
                    }
                }
                case YamuxEvent.Unresponsive() -> closeWith(new CloseReason.TimedOut("keepalive"), 0);
            }
        }
    }

    private void openWaiting() {
        while (session.canOpen() && !waitingOpens.isEmpty()) {
            open(waitingOpens.remove());
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
        driving = true;
        boolean wrote = writeFrames();
        for (int id = nextToSend(); id != 0; id = nextToSend()) {
            wrote |= writeData(id);
            wrote |= writeFrames();
        }
        driving = false;
        if (wrote) {
            channel.flush();
        }
        rearm();
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
        List<ByteBuf> payload = stream.takeFlushed(session.allowanceBytes(id));
        int bytes = 0;
        for (int i = 0; i < payload.size(); i++) {
            bytes += payload.get(i).readableBytes();
        }
        if (bytes > 0) {
            ByteBuf header = channel.alloc().directBuffer(YamuxCodec.HEADER_BYTES, YamuxCodec.HEADER_BYTES);
            YamuxCodec.encodeData(id, bytes, header);
            channel.write(header);
        }
        for (int i = 0; i < payload.size(); i++) {
            channel.write(payload.get(i));
        }
        payload.clear();
        session.sent(id, bytes, stream.hasFlushed());
        stream.finishIfDrained();
        return bytes > 0;
    }

    private void rearm() {
        long deadline = session.deadlineNanos();
        if (timer != null && timerNanos - deadline <= 0 && !timer.isDone()) {
            return;
        }
        if (timer != null) {
            timer.cancel(false);
        }
        timerNanos = deadline;
        long delay = Math.max(0, deadline - nanoClock.getAsLong());
        timer = channel.eventLoop().schedule(this::expire, delay, TimeUnit.NANOSECONDS);
    }

    private void expire() {
        timer = null;
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
        channel.close();
    }

    private void end(CloseReason whyIfUnknown) {
        if (reason == null) {
            reason = whyIfUnknown;
        }
        if (timer != null) {
            timer.cancel(false);
        }
        for (CompletableFuture<MuxedStream> waiting : waitingOpens) {
            waiting.completeExceptionally(
                    new StreamRefused(StreamRefused.Cause.CONNECTION_CLOSED, "the connection was closed: " + reason));
        }
        waitingOpens.clear();
        for (YamuxStreamChannel stream : List.copyOf(streams.values())) {
            endStream(stream.streamId(), reason);
        }
        closed.complete(reason);
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
