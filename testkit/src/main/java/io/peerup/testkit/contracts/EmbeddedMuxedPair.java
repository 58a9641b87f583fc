package io.peerup.testkit.contracts;

import io.peerup.swarm.MuxedConnection;
import io.peerup.swarm.MuxedStream;
import io.peerup.swarm.Muxer;
import io.peerup.swarm.Role;
import io.peerup.swarm.limits.MemoryBudget;
import java.util.function.Consumer;

/** A muxer at both ends of a {@link ChannelPair}. */
public final class EmbeddedMuxedPair implements MuxedPair {
    private final ChannelPair channels = new ChannelPair();
    private final MuxedConnection initiator;
    private final MuxedConnection responder;

    /** Attaches the muxer and says who takes the streams that arrive at each end. */
    public EmbeddedMuxedPair(
            Muxer muxer, Consumer<MuxedStream> initiatorAccepts, Consumer<MuxedStream> responderAccepts) {
        initiator = muxer.attach(channels.left(), Role.INITIATOR, MemoryBudget.unlimited());
        initiator.acceptStreams(initiatorAccepts);
        responder = muxer.attach(channels.right(), Role.RESPONDER, MemoryBudget.unlimited());
        responder.acceptStreams(responderAccepts);
    }

    /** The channels below, the initiator's on the left. */
    public ChannelPair channels() {
        return channels;
    }

    @Override
    public MuxedConnection initiator() {
        return initiator;
    }

    @Override
    public MuxedConnection responder() {
        return responder;
    }

    @Override
    public void settle() {
        channels.settle();
    }

    @Override
    public void cut() {
        channels.cut();
    }

    @Override
    public void close() {
        channels.close();
    }
}
