package io.peerup.swarm.limits;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The limits of every kind of scope.
 *
 * @param system everything together
 * @param underWay connections that are upgraded and streams that are negotiated: strangers until they are done
 * @param addresses connections from one place on the network
 * @param peer one peer, over all of its connections
 * @param peerUnderWay what of that has agreed on nothing yet; only its bounds on streams count
 * @param protocol one protocol, over all peers; what one connection may open of it says the protocol itself
 * @param connection one connection and its streams
 * @param stream one stream
 */
public record ResourceLimits(
        ScopeLimits system,
        ScopeLimits underWay,
        AddressLimits addresses,
        ScopeLimits peer,
        ScopeLimits peerUnderWay,
        ScopeLimits protocol,
        ScopeLimits connection,
        ScopeLimits stream) {
    private static final long MIB = 1 << 20;
    private static final long MAX_CONNECTIONS = 1_000_000;

    /** Limits for the machine we run on. */
    public static ResourceLimits defaults() {
        return scaledTo(Machine.here());
    }

    /** Peers get half of the memory and of the file descriptors. */
    public static ResourceLimits scaledTo(Machine machine) {
        long memory = Math.max(MIB, machine.memoryBytes() / 2);
        return sized(memory, Math.max(16, machine.fileDescriptors() / 2), connectionsFor(memory));
    }

    /** Four connections for each MiB, from 128 to 4096. */
    public static long connectionsFor(long memoryBytes) {
        return Math.clamp(4 * (memoryBytes / MIB), 128, 4096);
    }

    /**
     * Limits for a given size of everything together: one peer gets half of the memory, strangers a quarter, and there are
     * 16 streams for each connection. One peer may open half as many streams as may be under way, and have a quarter of them
     * under way itself, so that others find room whatever a few of them do.
     *
     * @param memory in bytes, at least 1 MiB
     * @param descriptors file descriptors, at least 16
     * @param connections in each direction; at least 1, at most a million
     */
    public static ResourceLimits sized(long memory, long descriptors, long connections) {
        if (memory < MIB || descriptors < 16 || connections < 1 || connections > MAX_CONNECTIONS) {
            throw new IllegalArgumentException("too little, or more connections than there can be");
        }
        long streams = 16 * Math.max(connections, 128);
        long strangers = Math.clamp(connections / 4, 32, 256);
        ScopeLimits any = ScopeLimits.unlimited();
        return new ResourceLimits(
                new ScopeLimits(connections, connections, streams, streams, memory, descriptors),
                new ScopeLimits(strangers, strangers, streams / 4, streams / 4, memory / 4, descriptors / 4),
                AddressLimits.defaults(),
                any.withConnections(16, 16)
                        .withStreams(Math.min(2048, streams / 8), 4096)
                        .withMemoryBytes(memory / 2),
                any.withStreams(streams / 16, ScopeLimits.UNLIMITED),
                any.withStreams(streams / 2, streams / 2).withMemoryBytes(memory / 2),
                any.withConnections(1, 1)
                        .withStreams(Math.min(1024, streams / 8), 4096)
                        .withMemoryBytes(memory / 2),
                any.withStreams(1, 1).withMemoryBytes(Math.min(memory / 4, 16 * MIB)));
    }

    /** Counts and refuses nothing. */
    public static ResourceLimits unlimited() {
        ScopeLimits any = ScopeLimits.unlimited();
        return new ResourceLimits(any, any, AddressLimits.unlimited(), any, any, any, any, any);
    }

    /** The same with other limits for everything together. */
    public ResourceLimits withSystem(ScopeLimits limits) {
        return new ResourceLimits(limits, underWay, addresses, peer, peerUnderWay, protocol, connection, stream);
    }

    /** The same with other limits for what is under way. */
    public ResourceLimits withUnderWay(ScopeLimits limits) {
        return new ResourceLimits(system, limits, addresses, peer, peerUnderWay, protocol, connection, stream);
    }

    /** The same with other limits for addresses. */
    public ResourceLimits withAddresses(AddressLimits limits) {
        return new ResourceLimits(system, underWay, limits, peer, peerUnderWay, protocol, connection, stream);
    }

    /** The same with other limits for one peer. */
    public ResourceLimits withPeer(ScopeLimits limits) {
        return new ResourceLimits(system, underWay, addresses, limits, peerUnderWay, protocol, connection, stream);
    }

    /** The same with other limits for what one peer has under way. */
    public ResourceLimits withPeerUnderWay(ScopeLimits limits) {
        return new ResourceLimits(system, underWay, addresses, peer, limits, protocol, connection, stream);
    }

    /** The same with other limits for one protocol. */
    public ResourceLimits withProtocol(ScopeLimits limits) {
        return new ResourceLimits(system, underWay, addresses, peer, peerUnderWay, limits, connection, stream);
    }

    /** The same with other limits for one connection. */
    public ResourceLimits withConnection(ScopeLimits limits) {
        return new ResourceLimits(system, underWay, addresses, peer, peerUnderWay, protocol, limits, stream);
    }

    /** One line when the node is allowed more than the machine has; what is unlimited is meant to be. */
    public Optional<String> beyond(Machine machine) {
        List<String> more = new ArrayList<>();
        compare(Resource.MEMORY_BYTES, machine.memoryBytes(), more);
        compare(Resource.FILE_DESCRIPTORS, machine.fileDescriptors(), more);
        return more.isEmpty()
                ? Optional.empty()
                : Optional.of("resource limits: " + String.join(", and ", more) + "; lower the limit or give it more");
    }

    private void compare(Resource resource, long has, List<String> more) {
        long allowed = system.of(resource);
        if (allowed > has && allowed != ScopeLimits.UNLIMITED) {
            more.add(allowed + " " + resource.words() + " are allowed where this process has " + has);
        }
    }
}
