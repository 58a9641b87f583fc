package io.peerup.yamux.netty;

import io.peerup.swarm.MuxedStream;
import io.peerup.testkit.contracts.EmbeddedMuxedPair;
import io.peerup.testkit.contracts.MuxedPair;
import io.peerup.testkit.contracts.MuxerContract;
import io.peerup.yamux.YamuxConfig;
import java.util.function.Consumer;

class YamuxContractTest extends MuxerContract {
    @Override
    protected MuxedPair connect(Consumer<MuxedStream> initiatorAccepts, Consumer<MuxedStream> responderAccepts) {
        return new EmbeddedMuxedPair(new Yamux(YamuxConfig.defaults(), () -> 0), initiatorAccepts, responderAccepts);
    }
}
