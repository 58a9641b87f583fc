package io.peerup.host.config;

import io.peerup.swarm.limits.AddressLimits;
import io.peerup.swarm.limits.ConnectionRate;
import io.peerup.swarm.limits.Machine;
import io.peerup.swarm.limits.ResourceLimits;
import io.peerup.swarm.limits.ScopeLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What peers may cost this process, in the words of its file. What is not set depends on the machine, as {@link
 * ResourceLimits#scaledTo} says.
 *
 * @param memoryBytes what all peers together may make it hold; at least 1 MiB
 * @param openFiles sockets of all kinds; at least 16
 * @param connections in each direction; 1 to a million, as the other counts
 * @param connectionsPerPeer in each direction
 * @param streamsPerPeer that the peer opened
 * @param connectionsPerIp that came in from one IPv4 address or one IPv6 /56; eight times as many from a /48
 * @param newConnectionsPerIp at once, from there; five times as many from a /48
 * @param newConnectionInterval after which one more may come in; two and a half times as often from a /48; at most 1 h
 */
public record PeerLimits(
        Optional<Long> memoryBytes,
        Optional<Long> openFiles,
        Optional<Long> connections,
        Optional<Long> connectionsPerPeer,
        Optional<Long> streamsPerPeer,
        Optional<Long> connectionsPerIp,
        Optional<Long> newConnectionsPerIp,
        Optional<Duration> newConnectionInterval) {
    static final long LEAST_MEMORY = 1 << 20;
    static final int LEAST_FILES = 16;
    static final int MOST = 1_000_000;
    static final Duration LEAST_INTERVAL = Duration.ofMillis(1);
    static final Duration MOST_INTERVAL = Duration.ofHours(1);

    /** Nothing is set. */
    public static PeerLimits usual() {
        return new PeerLimits(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** One line for each key that asks for more than there is; {@link #on} makes it less. */
    public List<String> beyond(Machine machine) {
        List<String> lines = new ArrayList<>();
        memoryBytes
                .filter(bytes -> bytes > machine.memoryBytes())
                .ifPresent(bytes -> lines.add(line(
                        "memory",
                        bytes,
                        machine.memoryBytes(),
                        ByteSize::format,
                        "start it with a larger -Xmx and -XX:MaxDirectMemorySize")));
        openFiles
                .filter(files -> files > machine.fileDescriptors())
                .ifPresent(files -> lines.add(line(
                        "open_files",
                        files,
                        machine.fileDescriptors(),
                        String::valueOf,
                        "raise ulimit -n or LimitNOFILE")));
        return lines;
    }

    /** The limits of this machine, except for what is set. */
    public ResourceLimits on(Machine machine) {
        ScopeLimits usual = ResourceLimits.scaledTo(machine).system();
        long memory = memoryBytes
                .map(bytes -> Math.clamp(bytes, LEAST_MEMORY, Math.max(LEAST_MEMORY, machine.memoryBytes())))
                .orElse(usual.memoryBytes());
        long files = openFiles
                .map(asked -> Math.clamp(asked, LEAST_FILES, Math.max(LEAST_FILES, machine.fileDescriptors())))
                .orElse(usual.fileDescriptors());
        ResourceLimits sized =
                ResourceLimits.sized(memory, files, connections.orElse(ResourceLimits.connectionsFor(memory)));
        return sized.withPeer(peer(sized.peer())).withAddresses(addresses(sized.addresses()));
    }

    private ScopeLimits peer(ScopeLimits usual) {
        return usual.withConnections(
                        connectionsPerPeer.orElse(usual.inboundConnections()),
                        connectionsPerPeer.orElse(usual.outboundConnections()))
                .withStreams(streamsPerPeer.orElse(usual.inboundStreams()), usual.outboundStreams());
    }

    private AddressLimits addresses(AddressLimits usual) {
        long atOnce = connectionsPerIp.orElse(usual.perIpv4Address());
        long burst = newConnectionsPerIp.orElse(usual.newPerAddress().burst());
        Duration every = newConnectionInterval.orElse(usual.newPerAddress().every());
        return usual.withAtOnce(atOnce, atOnce, 8 * atOnce)
                .withNew(
                        new ConnectionRate(burst, every),
                        new ConnectionRate(
                                Math.min(MOST, 5 * burst), every.multipliedBy(2).dividedBy(5)));
    }

    private static String line(String key, long asked, long has, Function<Long, String> format, String remedy) {
        return "limits." + key + ": " + format.apply(asked) + " is more than the " + format.apply(has)
                + " that this process has, so that is the limit; lower it, or " + remedy;
    }
}
