package io.peerup.testkit.leaks;

import io.netty.buffer.ByteBufAllocator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Passes, and leaks. Switched on by {@link LeakGateTest} only. */
@EnabledIfSystemProperty(named = "leaking.fixture", matches = "on")
class LeakingFixture {
    @Test
    void leak() {
        ByteBufAllocator.DEFAULT.buffer(16).writeByte(1);
    }
}
