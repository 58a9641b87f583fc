package io.peerup.yamux.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerup.swarm.MuxedStream;
import io.peerup.swarm.Muxer;
import io.peerup.testkit.contracts.ContractRun;
import io.peerup.testkit.contracts.EmbeddedMuxedPair;
import io.peerup.testkit.contracts.MuxedPair;
import io.peerup.testkit.contracts.MuxerContract;
import io.peerup.testkit.contracts.SabotagedMuxer;
import io.peerup.testkit.contracts.SabotagedMuxer.Sabotage;
import io.peerup.yamux.YamuxConfig;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every verb of yamux, spoiled: the contract must notice. */
class SabotagedYamuxTest {
    private static final Muxer HONEST = new Yamux(YamuxConfig.defaults(), () -> 0);

    private static Muxer muxer = HONEST;

    @AfterEach
    void repair() {
        muxer = HONEST;
    }

    @ParameterizedTest
    @EnumSource
    void theContractNotices(Sabotage what) {
        assertThat(ContractRun.passes(Fixture.class, what.noticedBy())).isTrue();
        muxer = new SabotagedMuxer(HONEST, what);
        assertThat(ContractRun.passes(Fixture.class, what.noticedBy())).isFalse();
    }

    /** Spoiled by the test above only, so that a run by a wide pattern is green. */
    static class Fixture extends MuxerContract {
        @Override
        protected MuxedPair connect(Consumer<MuxedStream> initiatorAccepts, Consumer<MuxedStream> responderAccepts) {
            return new EmbeddedMuxedPair(muxer, initiatorAccepts, responderAccepts);
        }
    }
}
