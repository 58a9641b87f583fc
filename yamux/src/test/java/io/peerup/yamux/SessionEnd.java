package io.peerup.yamux;

import io.peerup.testkit.streams.CountedMemory;
import io.peerup.wire.ProtocolViolation;
import io.peerup.yamux.YamuxFrame.Data;
import io.peerup.yamux.YamuxFrame.Flags;
import io.peerup.yamux.YamuxFrame.WindowUpdate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A session whose peer, application and clock are the test. */
final class SessionEnd {
    static final Flags NONE = Flags.NONE;
    static final Flags SYN = Flags.SYN;
    static final Flags ACK = Flags.ACK;
    static final Flags FIN = Flags.FIN;
    static final Flags RST = Flags.RST;

    final CountedMemory memory = new CountedMemory();
    final YamuxSession session;
    private long nowNanos = 1;

    private SessionEnd(boolean initiator, YamuxConfig config) {
        session = new YamuxSession(initiator, config, memory, nowNanos);
    }

    /** Gives odd ids; the peer's are even. The ping at the start is out of the way. */
    static SessionEnd initiator(YamuxConfig config) {
        SessionEnd end = new SessionEnd(true, config);
        end.sent();
        return end;
    }

    static SessionEnd initiator() {
        return initiator(YamuxConfig.defaults());
    }

    long now() {
        return nowNanos;
    }

    // ── the clock ──

    void advance(Duration time) {
        nowNanos += time.toNanos();
    }

    /** Goes to the session's deadline. */
    void advanceToDeadline() {
        nowNanos = session.deadlineNanos();
        session.onDeadline(nowNanos);
    }

    // ── the peer ──

    YamuxSession.Payload receive(YamuxFrame frame) throws ProtocolViolation {
        YamuxSession.Payload payload = session.receive(frame, nowNanos);
        if (frame instanceof Data data) {
            session.payloadEnded(data);
        }
        return payload;
    }

    /** The peer opens a stream. */
    void opens(int id) throws ProtocolViolation {
        receive(new WindowUpdate(id, SYN, 0));
    }

    YamuxSession.Payload data(int id, long bytes) throws ProtocolViolation {
        return receive(new Data(id, NONE, bytes));
    }

    void update(int id, Flags flags, long delta) throws ProtocolViolation {
        receive(new WindowUpdate(id, flags, delta));
    }

    // ── the application ──

    int open() {
        return session.open(nowNanos);
    }

    void reads(int id, int bytes) {
        session.consumed(id, bytes, nowNanos);
    }

    /** Sends as much of {@code bytes} as the session allows, and returns what is left. */
    int send(int id, int bytes) {
        session.wantsToSend(id);
        int left = bytes;
        for (int turn = session.nextToSend(); turn != 0; turn = session.nextToSend()) {
            int piece = Math.min(left, session.allowanceBytes(turn));
            left -= piece;
            session.sent(turn, piece, left > 0);
        }
        return left;
    }

    // ── what came of it ──

    List<YamuxFrame> sent() {
        List<YamuxFrame> frames = new ArrayList<>();
        for (YamuxFrame frame = session.nextFrame(); frame != null; frame = session.nextFrame()) {
            frames.add(frame);
        }
        return frames;
    }

    List<YamuxEvent> events() {
        List<YamuxEvent> events = new ArrayList<>();
        for (YamuxEvent event = session.nextEvent(); event != null; event = session.nextEvent()) {
            events.add(event);
        }
        return events;
    }
}
