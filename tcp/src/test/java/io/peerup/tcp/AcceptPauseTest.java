package io.peerup.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A listener that cannot accept, under a moved clock. */
class AcceptPauseTest {
    private final List<String> log = new ArrayList<>();
    private final EmbeddedChannel listener = new EmbeddedChannel(new AcceptPause(log::add));

    @BeforeEach
    void freeze() {
        listener.freezeTime();
    }

    @AfterEach
    void end() {
        listener.finishAndReleaseAll();
    }

    @Test
    void aFailureIsFollowedByASecondOfRest() {
        fail(new IOException("accept(..) failed: Too many open files"));
        assertThat(listener.config().isAutoRead()).isFalse();
        pass(999);
        assertThat(listener.config().isAutoRead()).isFalse();
        pass(1);
        assertThat(listener.config().isAutoRead()).isTrue();
        assertThat(listener.isOpen()).isTrue();
    }

    @Test
    void wantOfMemoryIsNoReasonToStopListeningEither() {
        fail(new OutOfMemoryError("no direct memory"));
        pass(1000);
        assertThat(listener.config().isAutoRead()).isTrue();
        assertThat(log).singleElement().asString().contains("no direct memory");
    }

    @Test
    void aMinuteHasOneLine() {
        for (int second = 0; second < 120; second++) {
            fail(new IOException("Too many open files"));
            fail(new IOException("Too many open files"));
            pass(1000);
        }
        assertThat(log).hasSize(2).first().asString().contains("Too many open files", "LimitNOFILE");
    }

    private void fail(Throwable why) {
        listener.pipeline().fireExceptionCaught(why);
    }

    private void pass(long millis) {
        listener.advanceTimeBy(millis, TimeUnit.MILLISECONDS);
        listener.runScheduledPendingTasks();
    }
}
