package io.peerup.testkit.contracts;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import org.junit.platform.launcher.EngineFilter;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/**
 * Runs a test of a suite inside a test, to see that it notices a sabotaged implementation. Name the suite's class so
 * that the build does not run it by itself.
 */
public final class ContractRun {
    private ContractRun() {}

    /** Whether the named test of the suite is green; a test that does not exist is an error. */
    public static boolean passes(Class<?> suite, String test) {
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectMethod(suite, test))
                .filters(EngineFilter.includeEngines("junit-jupiter"))
                .build();
        LauncherFactory.create().execute(request, listener);
        TestExecutionSummary summary = listener.getSummary();
        if (summary.getTestsStartedCount() != 1) {
            throw new IllegalArgumentException(suite + " has no test " + test);
        }
        return summary.getTestsSucceededCount() == 1;
    }
}
