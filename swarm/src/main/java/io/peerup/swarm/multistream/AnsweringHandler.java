package io.peerup.swarm.multistream;

import io.netty.channel.ChannelHandlerContext;
import io.peerup.swarm.ProtocolId;
import io.peerup.wire.ProtocolViolation;
import java.time.Duration;
import java.util.function.Predicate;

/** Answers proposals; the header goes out at once, together with the answer when the proposal is already there. */
public final class AnsweringHandler extends NegotiationHandler {
    private final Answering answering;

    /**
     * A handler for one channel.
     *
     * @param speaks which protocols are spoken here; asked on the event loop
     * @param patience until the negotiation fails with TIMED_OUT
     */
    public AnsweringHandler(Predicate<ProtocolId> speaks, Duration patience, NegotiationOutcome outcome) {
        super(patience, outcome);
        this.answering = new Answering(speaks);
    }

    @Override
    void begin(ChannelHandlerContext ctx) {
        send(ctx, MultistreamCodec.HEADER);
    }

    @Override
    void receive(ChannelHandlerContext ctx, String token) throws ProtocolViolation {
        switch (answering.receive(token)) {
            case Answering.Step.Wait() -> {}
            case Answering.Step.Refuse() -> send(ctx, MultistreamCodec.NOT_AVAILABLE);
            case Answering.Step.Agreed(ProtocolId protocol) -> {
                send(ctx, protocol.value());
                agree(ctx, protocol);
                ctx.flush();
            }
        }
    }
}
