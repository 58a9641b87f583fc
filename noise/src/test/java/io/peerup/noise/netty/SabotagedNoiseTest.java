package io.peerup.noise.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerup.swarm.SecureChannel;
import io.peerup.testkit.contracts.ContractRun;
import io.peerup.testkit.contracts.SabotagedSecureChannel;
import io.peerup.testkit.contracts.SabotagedSecureChannel.Sabotage;
import io.peerup.testkit.contracts.SecureChannelContract;
import io.peerup.wire.Identity;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Noise, spoiled: the contract must notice. */
class SabotagedNoiseTest {
    private static UnaryOperator<SecureChannel> spoiling = UnaryOperator.identity();

    @AfterEach
    void repair() {
        spoiling = UnaryOperator.identity();
    }

    @ParameterizedTest
    @EnumSource
    void theContractNotices(Sabotage what) {
        assertThat(ContractRun.passes(Fixture.class, what.noticedBy())).isTrue();
        spoiling = honest -> new SabotagedSecureChannel(honest, what);
        assertThat(ContractRun.passes(Fixture.class, what.noticedBy())).isFalse();
    }

    /** Spoiled by the test above only, so that a run by a wide pattern is green. */
    static class Fixture extends SecureChannelContract {
        @Override
        protected SecureChannel secureChannel(Identity identity) {
            return spoiling.apply(Noise.of(identity));
        }
    }
}
