package io.peerup.testkit.leaks;

import io.netty.buffer.ByteBufAllocator;
import org.junit.jupiter.api.Test;

/** Passes, and leaks. Not named like a test, so that only {@link LeakGateTest} runs it. */
class LeakingFixture {
    @Test
    void leak() {
        ByteBufAllocator.DEFAULT.buffer(16).writeByte(1);
    }
}
