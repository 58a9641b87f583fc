package io.peerup.interop.soak;

import java.util.List;

/**
 * What was seen of a process.
 *
 * @param process its name
 * @param before at rest after the warm-up
 * @param samples at work, in the order of time
 * @param after at rest again
 * @param alarms lines of its log that should not be there
 */
record Course(String process, Rest before, List<Sample> samples, Rest after, List<String> alarms) {
    Course {
        samples = List.copyOf(samples);
        alarms = List.copyOf(alarms);
    }

    /** What came after half of the time: by then a JVM has compiled, and filled the pools that it keeps. */
    List<Sample> secondHalf() {
        double half = (samples.getFirst().seconds() + samples.getLast().seconds()) / 2;
        return samples.stream().filter(sample -> sample.seconds() >= half).toList();
    }
}
