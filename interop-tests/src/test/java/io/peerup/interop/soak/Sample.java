package io.peerup.interop.soak;

import io.peerup.interop.lab.LabProcess;
import java.io.IOException;

/**
 * One look at a process at work, from outside.
 *
 * @param seconds since the first look
 * @param rssKib resident memory
 * @param files open file descriptors
 * @param threads of the kernel
 */
record Sample(double seconds, long rssKib, long files, long threads) {
    static Sample of(LabProcess process, double seconds) throws IOException {
        return new Sample(seconds, process.rssKib(), process.openFiles(), process.threads());
    }
}
