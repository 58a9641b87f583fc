package io.peerup.testkit.leaks;

import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetectorFactory;
import io.netty.util.ResourceLeakTracker;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** Makes leak detectors that remember what they find. Safe to use from any thread. */
final class LeakRecorder extends ResourceLeakDetectorFactory {
    /** A second collection, because the first may have begun before the last buffer was dropped. */
    private static final int COLLECTIONS = 2;

    /** How long to wait for what one call of the collector did. */
    private static final long COLLECTION_MILLIS = 500;

    /** How long to call it in vain: it may do nothing, or be slow. */
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(20);

    private final List<ResourceLeakDetector<?>> detectors = new CopyOnWriteArrayList<>();
    private final Queue<Leak> leaks = new ConcurrentLinkedQueue<>();

    /** Collects garbage, within bounds, and returns what was found since the detectors were made. */
    List<Leak> found() {
        for (int i = 0; i < COLLECTIONS; i++) {
            collectGarbage();
            detectors.forEach(LeakRecorder::report);
        }
        return List.copyOf(leaks);
    }

    /** Deprecated for callers, but the one that Netty asks of a factory. */
    @Override
    @Deprecated
    public <T> ResourceLeakDetector<T> newResourceLeakDetector(Class<T> resource, int samplingInterval, long unused) {
        ResourceLeakDetector<T> detector = new Recording<>(resource, samplingInterval);
        detector.setLeakListener((type, records) -> leaks.add(new Leak(type, records)));
        detectors.add(detector);
        return detector;
    }

    /** Returns when a collection has cleared a reference made for it, or after a while. */
    private static void collectGarbage() {
        ReferenceQueue<Object> collected = new ReferenceQueue<>();
        WeakReference<Object> canary = new WeakReference<>(new Object(), collected);
        long begun = System.nanoTime();
        try {
            do {
                System.gc();
            } while (collected.remove(COLLECTION_MILLIS) == null && System.nanoTime() - begun < PATIENCE_NANOS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        canary.clear();
    }

    /** A detector looks at its queue only when it is given something to track. */
    @SuppressWarnings("unchecked") // it keeps nothing of the object but its hash, whatever the type
    private static void report(ResourceLeakDetector<?> detector) {
        Object nothing = new Object();
        ResourceLeakTracker<Object> tracker = ((ResourceLeakDetector<Object>) detector).trackForcibly(nothing);
        if (tracker != null) {
            tracker.close(nothing);
        }
    }

    /** Reports to its listener also where nobody reads its log. */
    private static final class Recording<T> extends ResourceLeakDetector<T> {
        Recording(Class<T> resource, int samplingInterval) {
            super(resource, samplingInterval);
        }

        @Override
        protected boolean needReport() {
            return true;
        }
    }
}
