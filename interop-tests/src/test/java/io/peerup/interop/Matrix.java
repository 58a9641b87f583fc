package io.peerup.interop;

import io.peerup.testkit.process.Requirements;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.function.Executable;

/**
 * Cells that were declared and cells that ran: a matrix is proven only when these are the same. The system property
 * {@code cell} picks those whose name contains its value, for a person at work; a build machine runs all.
 */
public final class Matrix {
    private static final String PICKED = Requirements.onBuildMachine() ? "" : System.getProperty("cell", "");

    private final List<Cell> declared = new ArrayList<>();
    private final Set<String> ran = ConcurrentHashMap.newKeySet();

    /** Without cells. */
    public Matrix() {}

    private record Cell(String name, Executable story) {}

    public void declare(String name, Executable story) {
        if (name.contains(PICKED)) {
            declared.add(new Cell(name, story));
        }
    }

    public Stream<DynamicTest> tests() {
        return declared.stream()
                .map(cell -> DynamicTest.dynamicTest(cell.name(), () -> {
                    cell.story().execute();
                    ran.add(cell.name());
                }));
    }

    /** Fails when a declared cell did not run to its end. */
    public void requireAllRan() {
        List<String> missing = declared.stream()
                .map(Cell::name)
                .filter(name -> !ran.contains(name))
                .toList();
        if (!missing.isEmpty()) {
            throw new AssertionError(
                    missing.size() + " of " + declared.size() + " declared cells did not pass: " + missing);
        }
    }
}
