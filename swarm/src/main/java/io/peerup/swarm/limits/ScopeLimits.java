package io.peerup.swarm.limits;

/**
 * How much one scope may hold of each resource. Each is at least 1; {@link #UNLIMITED} counts without a limit.
 *
 * @param memoryBytes in bytes
 */
public record ScopeLimits(
        long inboundConnections,
        long outboundConnections,
        long inboundStreams,
        long outboundStreams,
        long memoryBytes,
        long fileDescriptors) {
    /** No limit. */
    public static final long UNLIMITED = Long.MAX_VALUE;

    /** Rejects nonsense. */
    public ScopeLimits {
        atLeastOne(inboundConnections, Resource.INBOUND_CONNECTIONS);
        atLeastOne(outboundConnections, Resource.OUTBOUND_CONNECTIONS);
        atLeastOne(inboundStreams, Resource.INBOUND_STREAMS);
        atLeastOne(outboundStreams, Resource.OUTBOUND_STREAMS);
        atLeastOne(memoryBytes, Resource.MEMORY_BYTES);
        atLeastOne(fileDescriptors, Resource.FILE_DESCRIPTORS);
    }

    /** No limits. */
    public static ScopeLimits unlimited() {
        return new ScopeLimits(UNLIMITED, UNLIMITED, UNLIMITED, UNLIMITED, UNLIMITED, UNLIMITED);
    }

    /** The same with other bounds on connections. */
    public ScopeLimits withConnections(long inbound, long outbound) {
        return new ScopeLimits(inbound, outbound, inboundStreams, outboundStreams, memoryBytes, fileDescriptors);
    }

    /** The same with other bounds on streams. */
    public ScopeLimits withStreams(long inbound, long outbound) {
        return new ScopeLimits(
                inboundConnections, outboundConnections, inbound, outbound, memoryBytes, fileDescriptors);
    }

    /** The same with another bound on memory. */
    public ScopeLimits withMemoryBytes(long bytes) {
        return new ScopeLimits(
                inboundConnections, outboundConnections, inboundStreams, outboundStreams, bytes, fileDescriptors);
    }

    /** The same with another bound on file descriptors. */
    public ScopeLimits withFileDescriptors(long descriptors) {
        return new ScopeLimits(
                inboundConnections, outboundConnections, inboundStreams, outboundStreams, memoryBytes, descriptors);
    }

    /** The limit of one resource. */
    public long of(Resource resource) {
        return switch (resource) {
            case INBOUND_CONNECTIONS -> inboundConnections;
            case OUTBOUND_CONNECTIONS -> outboundConnections;
            case INBOUND_STREAMS -> inboundStreams;
            case OUTBOUND_STREAMS -> outboundStreams;
            case MEMORY_BYTES -> memoryBytes;
            case FILE_DESCRIPTORS -> fileDescriptors;
            case NEW_CONNECTIONS -> UNLIMITED;
        };
    }

    private static void atLeastOne(long limit, Resource resource) {
        if (limit < 1) {
            throw new IllegalArgumentException(
                    "a limit of " + limit + " " + resource.words() + " makes no sense, it must be at least 1");
        }
    }
}
