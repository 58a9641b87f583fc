package io.peerup.swarm.multistream;

import io.netty.channel.ChannelHandlerContext;
import io.peerup.swarm.ProtocolId;
import io.peerup.swarm.StreamRefused;
import io.peerup.wire.ProtocolViolation;
import java.time.Duration;
import java.util.List;

/**
 * Proposes protocols in order; header and first proposal go out together. Writes of later handlers pass through, so a
 * protocol that is proposed alone may send its first bytes right behind the proposal.
 */
public final class ProposingHandler extends NegotiationHandler {
    private final Proposing proposing;

    /**
     * A handler for one channel.
     *
     * @param proposals at least one, most wanted first
     * @param patience until the negotiation fails with TIMED_OUT
     */
    public ProposingHandler(List<ProtocolId> proposals, Duration patience, NegotiationOutcome outcome) {
        super(patience, outcome);
        this.proposing = new Proposing(proposals);
    }

    @Override
    void begin(ChannelHandlerContext ctx) {
        send(ctx, MultistreamCodec.HEADER, proposing.current().value());
    }

    @Override
    void receive(ChannelHandlerContext ctx, String token) throws ProtocolViolation {
        ProtocolId proposed = proposing.current();
        switch (proposing.receive(token)) {
            case Proposing.Step.Wait() -> {}
            case Proposing.Step.Propose(ProtocolId next) -> send(ctx, next.value());
            case Proposing.Step.Agreed(ProtocolId protocol) -> agree(ctx, protocol);
            case Proposing.Step.NothingInCommon() ->
                fail(
                        ctx,
                        new StreamRefused(
                                StreamRefused.Cause.PROTOCOL_NOT_SUPPORTED, "the peer does not speak " + proposed));
        }
    }
}
