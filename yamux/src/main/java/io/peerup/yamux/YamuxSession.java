package io.peerup.yamux;

import io.peerup.swarm.limits.MemoryBudget;
import io.peerup.swarm.limits.StreamScope;
import io.peerup.wire.ProtocolViolation;
import io.peerup.yamux.YamuxFrame.Flags;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * One side of a yamux session. Feed it every header that arrives and the time; after each call take what it wants sent
 * ({@link #nextFrame}), then what happened ({@link #nextEvent}), and while the transport takes more, whose turn it is to
 * send data ({@link #nextToSend}). Call {@link #onDeadline} when {@link #deadlineNanos} has come.
 *
 * <p>A {@link ProtocolViolation} ends the session: send {@code GoAway(PROTOCOL_ERROR)} and close.
 */
public final class YamuxSession {
    /** The error code that refuses a stream for want of room; the stream family of libp2p's codes. */
    static final long RESOURCE_LIMIT_EXCEEDED = 0x1002;

    private static final long MAX_ID = 0xffff_ffffL;

    private final YamuxConfig config;
    private final boolean initiator;
    private final KeepAlive keepAlive;
    private final WindowBudget budget;
    private final Map<Integer, StreamState> streams = new HashMap<>();
    private final SendOrder sendOrder = new SendOrder();
    private final ArrayDeque<YamuxFrame> frames = new ArrayDeque<>();
    private final ArrayDeque<YamuxEvent> events = new ArrayDeque<>();
    private long nextId;
    private int unacknowledged;
    private int inbound;
    private boolean goneAway;

    /**
     * A session that begins now; the initiator's stream ids are odd.
     *
     * @param memory where windows are reserved before they can be filled
     */
    public YamuxSession(boolean initiator, YamuxConfig config, MemoryBudget memory, long nowNanos) {
        this.config = config;
        this.initiator = initiator;
        this.nextId = initiator ? 1 : 2;
        this.keepAlive = new KeepAlive(config, nowNanos);
        this.budget = new WindowBudget(config.receiveBudgetBytes(), memory);
        onDeadline(nowNanos);
    }

    /** What to do with the payload that follows a data header. */
    public enum Payload {
        /** Pass it to the stream, and report it as consumed when the application has read it. */
        DELIVER,
        /** Drop it: the stream is gone or nobody reads it. */
        DISCARD
    }

    /** Takes a header. For a data frame call {@link #payloadEnded} when its payload has passed, also if it is empty. */
    public Payload receive(YamuxFrame frame, long nowNanos) throws ProtocolViolation {
        keepAlive.heard(nowNanos);
        return switch (frame) {
            case YamuxFrame.Data data -> receiveData(data, nowNanos);
            case YamuxFrame.WindowUpdate update -> receiveUpdate(update, nowNanos);
            case YamuxFrame.Ping(boolean answer, long opaque) -> {
                if (answer) {
                    keepAlive.answered(opaque, nowNanos);
                } else {
                    reply(new YamuxFrame.Ping(true, opaque));
                }
                yield Payload.DISCARD;
            }
            case YamuxFrame.GoAway(long code) -> {
                goneAway = true;
                events.add(new YamuxEvent.GoneAway(code));
                yield Payload.DISCARD;
            }
        };
    }

    /** The payload of this data frame has passed; its FIN or RST take effect now. */
    public void payloadEnded(YamuxFrame.Data frame) {
        endOfFrame(frame.streamId(), frame.flags(), 0);
    }

    /** Whether {@link #open} may be called: the peer keeps up with acknowledging, and the session goes on. */
    public boolean canOpen() {
        return !opensNoMore() && unacknowledged < config.ackBacklog();
    }

    /** Whether {@link #open} may never be called again: either side has gone away, or the ids are used up. */
    public boolean opensNoMore() {
        return goneAway || nextId > MAX_ID;
    }

    /** Opens a stream and returns its id. */
    public int open(long nowNanos) {
        if (!canOpen()) {
            throw new IllegalStateException("no stream can be opened now");
        }
        int id = (int) nextId;
        nextId += 2;
        unacknowledged++;
        streams.put(id, newStream(id, true, nowNanos));
        frames.add(new YamuxFrame.WindowUpdate(id, Flags.SYN, 0));
        return id;
    }

    /** The application read this many bytes of a stream. */
    public void consumed(int streamId, int bytes, long nowNanos) {
        StreamState stream = streams.get(streamId);
        if (stream == null || stream.discarding) {
            return;
        }
        stream.receiveWindow.consumed(bytes);
        if (stream.remoteFinished) {
            endIfOver(stream);
            return;
        }
        long delta = stream.receiveWindow.creditDue(keepAlive.roundTripNanos(), nowNanos);
        if (delta > 0) {
            frames.add(new YamuxFrame.WindowUpdate(streamId, Flags.NONE, delta));
        }
    }

    /**
     * The application leaves more than {@link StreamScope#UNREAD_BYTES} of a stream unread: its window is reserved, or the
     * stream is reset.
     */
    public void fallsBehind(int streamId) {
        StreamState stream = streams.get(streamId);
        if (stream != null && !stream.receiveWindow.reserve()) {
            reset(streamId, RESOURCE_LIMIT_EXCEEDED);
            events.add(new YamuxEvent.Overflowed(streamId, RESOURCE_LIMIT_EXCEEDED));
        }
    }

    /** A stream has bytes to send. */
    public void wantsToSend(int streamId) {
        StreamState stream = streams.get(streamId);
        if (stream != null && !stream.finished) {
            stream.wantsToSend = true;
            sendOrder.consider(stream);
        }
    }

    /** Whose turn it is, or 0 when nobody has both bytes and credit; then {@link #sent} must be called for it. */
    public int nextToSend() {
        StreamState stream = sendOrder.next();
        return stream == null ? 0 : stream.id;
    }

    /** How much that stream may put into its next data frame. */
    public int allowanceBytes(int streamId) {
        StreamState stream = streams.get(streamId);
        return stream == null ? 0 : (int) Math.min(stream.sendCreditBytes(), config.maxDataBytes());
    }

    /** A data frame was sent; {@code more} when the stream still has bytes. */
    public void sent(int streamId, int bytes, boolean more) {
        StreamState stream = streams.get(streamId);
        if (stream != null) {
            stream.spend(bytes);
            stream.wantsToSend = more;
            sendOrder.consider(stream);
        }
    }

    /** Nothing more will be sent on this stream; everything before it was. */
    public void finish(int streamId) {
        StreamState stream = streams.get(streamId);
        if (stream != null && !stream.finished) {
            stream.finished = true;
            stream.wantsToSend = false;
            frames.add(new YamuxFrame.WindowUpdate(streamId, Flags.FIN, 0));
            endIfOver(stream);
        }
    }

    /** Ends a stream at once. */
    public void reset(int streamId, long code) {
        StreamState stream = streams.get(streamId);
        if (stream != null) {
            forget(stream);
            if (!stream.isFinishedBothWays()) {
                frames.add(new YamuxFrame.WindowUpdate(streamId, Flags.RST, code));
            }
        }
    }

    /** Drops what the peer still sends on this stream and gives it no more credit. */
    public void stopReading(int streamId) {
        StreamState stream = streams.get(streamId);
        if (stream != null) {
            stream.discarding = true;
            stream.receiveWindow.close();
            endIfOver(stream);
        }
    }

    /** Tells the peer that the session ends. */
    public void goAway(long code) {
        goneAway = true;
        frames.add(new YamuxFrame.GoAway(code));
    }

    /** The next header to send, or null; the data of {@link #nextToSend} comes after all of these. */
    public @Nullable YamuxFrame nextFrame() {
        return frames.poll();
    }

    /** What happened next, or null. */
    public @Nullable YamuxEvent nextEvent() {
        return events.poll();
    }

    /** When {@link #onDeadline} must be called. */
    public long deadlineNanos() {
        return keepAlive.deadlineNanos();
    }

    /** Time has passed. */
    public void onDeadline(long nowNanos) {
        if (keepAlive.isDead(nowNanos)) {
            goneAway = true;
            events.add(new YamuxEvent.Unresponsive());
            return;
        }
        keepAlive.duePing(nowNanos).ifPresent(opaque -> frames.add(new YamuxFrame.Ping(false, opaque)));
    }

    /** Streams open in both directions. */
    public int openStreams() {
        return streams.size();
    }

    /** The last measured round trip. */
    public OptionalLong roundTripNanos() {
        return keepAlive.roundTripNanos() == 0 ? OptionalLong.empty() : OptionalLong.of(keepAlive.roundTripNanos());
    }

    private Payload receiveData(YamuxFrame.Data data, long nowNanos) throws ProtocolViolation {
        if (data.flags().syn() && data.length() > YamuxConfig.INITIAL_WINDOW_BYTES) {
            throw new ProtocolViolation(YamuxRule.RECEIVE_WINDOW, data.length() + " bytes with the opening frame");
        }
        StreamState stream = addressed(data.streamId(), data.flags(), nowNanos);
        if (stream == null || stream.remoteFinished) {
            return Payload.DISCARD;
        }
        stream.receiveWindow.receive(data.length());
        return stream.discarding ? Payload.DISCARD : Payload.DELIVER;
    }

    private Payload receiveUpdate(YamuxFrame.WindowUpdate update, long nowNanos) throws ProtocolViolation {
        StreamState stream = addressed(update.streamId(), update.flags(), nowNanos);
        if (stream != null && !update.flags().rst()) {
            stream.grant(update.delta());
            sendOrder.consider(stream);
        }
        endOfFrame(update.streamId(), update.flags(), update.delta());
        return Payload.DISCARD;
    }

    /** The stream that a frame is about, opened by it if it says so; null when there is none any more. */
    private @Nullable StreamState addressed(int id, Flags flags, long nowNanos) throws ProtocolViolation {
        StreamState stream = streams.get(id);
        if (flags.syn()) {
            return accept(id, stream, nowNanos);
        }
        if (stream != null && flags.ack() && stream.awaitsAck) {
            stream.awaitsAck = false;
            unacknowledged--;
            events.add(new YamuxEvent.OpenPossible());
        }
        return stream;
    }

    private @Nullable StreamState accept(int id, @Nullable StreamState existing, long nowNanos)
            throws ProtocolViolation {
        if (isOurs(id)) {
            throw new ProtocolViolation(YamuxRule.STREAM_ID_PARITY, "stream " + id + " is not the peer's to open");
        }
        if (existing != null) {
            throw new ProtocolViolation(YamuxRule.DUPLICATE_SYN, "stream " + id + " is open");
        }
        if (inbound >= config.maxInboundStreams() || goneAway) {
            reply(new YamuxFrame.WindowUpdate(id, Flags.RST, RESOURCE_LIMIT_EXCEEDED));
            return null;
        }
        StreamState stream = newStream(id, false, nowNanos);
        inbound++;
        streams.put(id, stream);
        reply(new YamuxFrame.WindowUpdate(id, Flags.ACK, 0));
        events.add(new YamuxEvent.Opened(id));
        return stream;
    }

    /** FIN and RST come last, after the payload or credit of their frame. */
    private void endOfFrame(int id, Flags flags, long resetCode) {
        StreamState stream = streams.get(id);
        if (stream == null) {
            return;
        }
        if (flags.rst()) {
            forget(stream);
            events.add(new YamuxEvent.RemoteReset(id, resetCode));
        } else if (flags.fin() && !stream.remoteFinished) {
            stream.remoteFinished = true;
            events.add(new YamuxEvent.RemoteFinished(id));
            endIfOver(stream);
        }
    }

    /** What nobody has read yet still counts against the peer's streams and the budget. */
    private void endIfOver(StreamState stream) {
        if (stream.isFinishedBothWays() && (stream.discarding || !stream.receiveWindow.isUnread())) {
            forget(stream);
            events.add(new YamuxEvent.Ended(stream.id));
        }
    }

    private void forget(StreamState stream) {
        streams.remove(stream.id);
        stream.wantsToSend = false;
        stream.receiveWindow.close();
        if (stream.awaitsAck) {
            unacknowledged--;
            events.add(new YamuxEvent.OpenPossible());
        }
        if (!isOurs(stream.id)) {
            inbound--;
        }
    }

    /** A frame that the peer makes us send: bounded, because a peer that does not read could ask for ever. */
    private void reply(YamuxFrame frame) throws ProtocolViolation {
        if (frames.size() >= config.maxUnsentReplies()) {
            throw new ProtocolViolation(YamuxRule.UNREAD_REPLIES, frames.size() + " frames wait for the peer to read");
        }
        frames.add(frame);
    }

    private StreamState newStream(int id, boolean awaitsAck, long nowNanos) {
        return new StreamState(id, new ReceiveWindow(config.maxReceiveWindowBytes(), budget, nowNanos), awaitsAck);
    }

    private boolean isOurs(int id) {
        return ((id & 1) == 1) == initiator;
    }
}
