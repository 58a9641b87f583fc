package io.peerup.testkit.leaks;

import io.netty.util.ResourceLeakDetectorFactory;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.junit.platform.launcher.LauncherInterceptor;

/**
 * Ends a test run with an error if anything that Netty watches was leaked in it. Registered in
 * {@code META-INF/services} and switched on in {@code junit-platform.properties}.
 *
 * <p>An interceptor, because it is made before any test class could load Netty, and because what it throws reaches the
 * build; what a listener throws is only logged. How much it notices depends on {@code io.netty.leakDetection.level},
 * which the build sets to paranoid.
 */
public final class LeakGate implements LauncherInterceptor {
    private static final LeakRecorder RECORDER = new LeakRecorder();
    private static final AtomicBoolean RUNNING = new AtomicBoolean();
    private static final int LEAKS_SHOWN = 10;

    static {
        ResourceLeakDetectorFactory.setResourceLeakDetectorFactory(RECORDER);
    }

    /** For the service loader. */
    public LeakGate() {}

    @Override
    public <T> T intercept(Invocation<T> invocation) {
        if (RUNNING.getAndSet(true)) {
            return invocation.proceed(); // a run inside a run: the outer one will notice
        }
        T result;
        try {
            result = invocation.proceed();
        } finally {
            RUNNING.set(false);
        }
        List<Leak> leaks = RECORDER.found();
        if (!leaks.isEmpty()) {
            throw new IllegalStateException(message(leaks));
        }
        return result;
    }

    @Override
    public void close() {}

    private static String message(List<Leak> leaks) {
        return leaks.stream()
                .limit(LEAKS_SHOWN)
                .map(Leak::toString)
                .collect(Collectors.joining("\n", "LEAK: these tests leaked " + leaks.size() + " times.\n", ""));
    }
}
