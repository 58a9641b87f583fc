package io.peerup.swarm.limits;

import com.sun.management.UnixOperatingSystemMXBean;
import io.netty.util.internal.PlatformDependent;
import java.lang.management.ManagementFactory;

/**
 * What this process has to spend.
 *
 * @param memoryBytes the smaller of heap and direct memory, as both may be filled by peers
 * @param fileDescriptors how many it may have open
 */
public record Machine(long memoryBytes, long fileDescriptors) {
    private static final long DESCRIPTORS_IF_UNKNOWN = 8192;

    /** The one we run on. */
    public static Machine here() {
        long memory = Math.min(Runtime.getRuntime().maxMemory(), PlatformDependent.maxDirectMemory());
        return new Machine(
                memory,
                ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                                && unix.getMaxFileDescriptorCount() > 0
                        ? unix.getMaxFileDescriptorCount()
                        : DESCRIPTORS_IF_UNKNOWN);
    }
}
