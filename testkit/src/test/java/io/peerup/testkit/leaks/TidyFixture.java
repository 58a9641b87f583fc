package io.peerup.testkit.leaks;

import io.netty.buffer.ByteBufAllocator;
import org.junit.jupiter.api.Test;

/** Passes, and leaks nothing. Not named like a test, so that only {@link LeakGateTest} runs it. */
class TidyFixture {
    @Test
    void borrow() {
        ByteBufAllocator.DEFAULT.buffer(16).writeByte(1).release();
    }
}
