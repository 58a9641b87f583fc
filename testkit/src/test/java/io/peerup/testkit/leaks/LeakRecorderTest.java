package io.peerup.testkit.leaks;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakTracker;
import org.junit.jupiter.api.Test;

class LeakRecorderTest {
    private final LeakRecorder recorder = new LeakRecorder();
    private final ResourceLeakDetector<Object> detector = recorder.newResourceLeakDetector(Object.class);

    @Test
    void whatIsDroppedWithoutAWordIsALeak() {
        track(new Object(), false);
        assertThat(recorder.found()).extracting(Leak::resource).containsExactly("Object");
    }

    @Test
    void whatIsReleasedIsNone() {
        track(new Object(), true);
        assertThat(recorder.found()).isEmpty();
    }

    @Test
    void whatIsStillHeldIsNone() {
        Object held = new Object();
        ResourceLeakTracker<Object> tracker = detector.track(held);
        assertThat(recorder.found()).isEmpty();
        assertThat(tracker.close(held)).isTrue();
    }

    private void track(Object resource, boolean release) {
        ResourceLeakTracker<Object> tracker = detector.track(resource);
        if (release) {
            tracker.close(resource);
        }
    }
}
