package io.peerup.node.cli;

import io.peerup.host.config.GoDuration;
import io.peerup.host.config.NodeConfig;
import io.peerup.node.api.Json;
import io.peerup.node.api.PingRequest;
import io.peerup.node.api.PingResult;
import io.peerup.node.api.PingStats;
import io.peerup.node.api.PingTally;
import io.peerup.node.reach.PeerNames;
import io.peerup.relay.program.CommandFailed;
import io.peerup.relay.program.Surroundings;
import io.peerup.wire.PeerId;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ping}: whether a peer answers, how fast, and by which path. */
@Command(
        name = "ping",
        mixinStandardHelpOptions = true,
        description = "Pings a peer and tells by which path it was reached.",
        footer = {"", "Exit status: 0 when the peer answered at least once, 1 otherwise."})
final class PingCommand implements Callable<Integer> {
    private final Surroundings surroundings;
    private final PingTally tally = new PingTally();
    private final AtomicBoolean summed = new AtomicBoolean();

    @Mixin
    private final ConfigOption config = new ConfigOption();

    @Parameters(paramLabel = "PEER", description = "A peer ID, or a name from the configuration.")
    private String peer = "";

    @Option(
            names = {"-c", "--count"},
            paramLabel = "N",
            description = "How many; default: until Ctrl+C.")
    private int count;

    @Option(names = "--interval", paramLabel = "DURATION", description = "From one to the next; default: 1s.")
    private String interval = "1s";

    @Option(names = "--json", description = "One JSON object a line, for programs.")
    private boolean json;

    PingCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws Exception {
        NodeConfig loaded = config.load(surroundings);
        PingRequest request = request();
        PeerId target = new PeerNames(loaded.names()).resolve(peer);
        if (!json) {
            surroundings.out().println("PING " + peer + " (" + target.shortId() + "):");
            surroundings.out().flush();
        }
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(this::sumUp));
        DaemonOrNode.ask(loaded, api -> api.ping(request, this::tell));
        sumUp();
        return tally.stats().received() > 0 ? 0 : 1;
    }

    private PingRequest request() throws Exception {
        Duration pause = GoDuration.parse(interval);
        if (count < 0 || pause.toMillis() < 1 || pause.toMillis() > PingRequest.MAX_INTERVAL_MS) {
            throw new CommandFailed("count must not be negative, and interval between 1ms and 1h");
        }
        return new PingRequest(peer, count, (int) pause.toMillis());
    }

    private synchronized void tell(PingResult result) {
        tally.add(result);
        surroundings.out().print(json ? Json.line(result) : line(result));
        surroundings.out().flush();
    }

    /** Also when the command is stopped in the middle. */
    private synchronized void sumUp() {
        PingStats stats = tally.stats();
        if (!summed.getAndSet(true) && stats.sent() > 0) {
            surroundings.out().print(json ? Json.line(stats) : summary(stats));
            surroundings.out().flush();
        }
    }

    private static String line(PingResult result) {
        return result.isAnswered()
                ? String.format(
                        Locale.ROOT, "seq=%d rtt=%.1fms path=[%s]%n", result.seq(), result.rttMs(), result.path())
                : String.format(Locale.ROOT, "seq=%d error=%s%n", result.seq(), result.error());
    }

    private String summary(PingStats stats) {
        return String.format(
                Locale.ROOT,
                "--- %s ping statistics ---%n%d sent, %d received, %.0f%% loss, rtt min/avg/max = %.1f/%.1f/%.1f ms%n",
                peer,
                stats.sent(),
                stats.received(),
                stats.lossPct(),
                stats.minMs(),
                stats.avgMs(),
                stats.maxMs());
    }
}
