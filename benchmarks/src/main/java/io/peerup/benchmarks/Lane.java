package io.peerup.benchmarks;

import java.io.IOException;
import java.util.Map;

/** One of those that take turns on a line, such as our client with go's server. */
public interface Lane extends AutoCloseable {
    /** Who it is. */
    String name();

    /** Measures once. Waits. */
    Turn turn() throws Exception;

    /** Processor seconds used so far by everybody who takes part, by the part that they play. */
    Map<String, Double> processorSeconds() throws IOException;

    /** Ends what belongs to this lane alone. */
    @Override
    default void close() throws IOException {}

    /**
     * What one turn gave.
     *
     * @param values one for each metric of the line, in their order
     * @param work how much was done, in the line's unit of work
     */
    record Turn(double[] values, double work) {
        /** A turn of one figure. */
        public static Turn of(double value, double work) {
            return new Turn(new double[] {value}, work);
        }
    }
}
