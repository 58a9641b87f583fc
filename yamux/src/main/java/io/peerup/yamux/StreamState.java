package io.peerup.yamux;

import io.peerup.wire.ProtocolViolation;

/** What the session knows of one stream. */
final class StreamState {
    private static final long MAX_CREDIT_BYTES = 0xffff_ffffL;

    final int id;
    final ReceiveWindow receiveWindow;
    private long sendCreditBytes = YamuxConfig.INITIAL_WINDOW_BYTES;
    boolean awaitsAck;
    boolean finished;
    boolean remoteFinished;
    boolean discarding;
    /** Has bytes to send; in the send order while it also has credit. */
    boolean wantsToSend;

    boolean inSendOrder;

    StreamState(int id, ReceiveWindow receiveWindow, boolean awaitsAck) {
        this.id = id;
        this.receiveWindow = receiveWindow;
        this.awaitsAck = awaitsAck;
    }

    boolean isFinishedBothWays() {
        return finished && remoteFinished;
    }

    void grant(long delta) throws ProtocolViolation {
        if (sendCreditBytes + delta > MAX_CREDIT_BYTES) {
            throw new ProtocolViolation(YamuxRule.SEND_WINDOW, "credit of more than " + MAX_CREDIT_BYTES);
        }
        sendCreditBytes += delta;
    }

    void spend(int bytes) {
        if (bytes > sendCreditBytes) {
            throw new IllegalStateException("sent " + bytes + " with credit for " + sendCreditBytes);
        }
        sendCreditBytes -= bytes;
    }

    long sendCreditBytes() {
        return sendCreditBytes;
    }

    boolean canSend() {
        return wantsToSend && sendCreditBytes > 0;
    }
}
