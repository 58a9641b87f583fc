package io.peerup.interop.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/**
 * Rows that are proven beside the code: their tests are run here once more, all in one JVM that sees the tests of those
 * modules.
 */
final class UnitTests {
    private static final Set<String> CLASSES = ConcurrentHashMap.newKeySet();
    private static final Set<String> MODULES = ConcurrentHashMap.newKeySet();
    private static final String PASSED = "passed: ";

    private static @Nullable String said;

    private UnitTests() {}

    /** A row that holds when all tests of these classes pass, and there are some. */
    static Row row(String id, String title, String module, String... classes) {
        MODULES.add(module);
        CLASSES.addAll(List.of(classes));
        return new Row(id, title, Group.LIBRARIES, "all pass: " + List.of(classes), scene -> {
                    String results = results();
                    assertThat(classes).allSatisfy(each -> assertThat(results).contains(PASSED + each + "\n"));
                })
                .inASiege(Row.Part.NONE);
    }

    /** Runs classes of tests, and prints which of them have tests of which none failed. */
    public static void main(String[] classes) {
        Launcher launcher = LauncherFactory.create();
        for (String each : classes) {
            if (passes(launcher, each)) {
                System.out.println(PASSED + each);
            }
        }
        System.exit(0);
    }

    private static synchronized String results() throws IOException {
        if (said == null) {
            List<String> path = new ArrayList<>();
            MODULES.forEach(module -> path.add(Path.of("..", module, "target", "test-classes")
                    .toAbsolutePath()
                    .normalize()
                    .toString()));
            path.add(System.getProperty("java.class.path"));
            List<String> command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-cp",
                    String.join(File.pathSeparator, path),
                    UnitTests.class.getName()));
            command.addAll(CLASSES);
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
        return said;
    }

    private static boolean passes(Launcher launcher, String testClass) {
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        launcher.execute(
                LauncherDiscoveryRequestBuilder.request()
                        .selectors(selectClass(testClass))
                        .build(),
                listener);
        TestExecutionSummary summary = listener.getSummary();
        summary.getFailures().forEach(failure -> System.out.println(failure.getException()));
        return summary.getTestsSucceededCount() > 0 && summary.getTotalFailureCount() == 0;
    }
}
