package io.peerup.tcp;

import io.peerup.noise.netty.Noise;
import io.peerup.swarm.ConnectionGater;
import io.peerup.swarm.DialOutcome;
import io.peerup.swarm.Swarm;
import io.peerup.swarm.SwarmConfig;
import io.peerup.swarm.Upgrader;
import io.peerup.swarm.limits.ResourceLimits;
import io.peerup.swarm.strands.VirtualStrands;
import io.peerup.wire.Identity;
import io.peerup.wire.Multiaddr;
import io.peerup.wire.PeerId;
import io.peerup.yamux.YamuxConfig;
import io.peerup.yamux.netty.Yamux;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A node of its own process that counts nothing, so that the kernel says when there are no more descriptors. Prints its
 * peer ID and address, then the outcome of a dial to where nobody listens for each line that it reads.
 */
final class CrampedNode {
    private CrampedNode() {}

    public static void main(String[] arguments) throws Exception {
        PrintStream answers = System.out;
        System.setOut(System.err); // which is where what is logged goes
        Identity identity = Identity.generate();
        Swarm swarm = swarm(identity, EventLoops.start(1), ResourceLimits.unlimited());
        PeerId nobody = Identity.generate().peerId();
        Multiaddr nowhere = Multiaddr.parse("/ip4/127.0.0.1/tcp/1");
        outcome(swarm, nobody, nowhere); // so that every class of a dial is there: here each is a file of its own
        answers.println(identity.peerId());
        answers.println(swarm.listen(Multiaddr.parse("/ip4/127.0.0.1/tcp/0"))
                .toCompletableFuture()
                .get(30, TimeUnit.SECONDS));
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        while (orders.readLine() != null) {
            answers.println(outcome(swarm, nobody, nowhere));
        }
        System.exit(0);
    }

    private static String outcome(Swarm swarm, PeerId peer, Multiaddr address) throws Exception {
        DialOutcome outcome =
                swarm.dial(peer, List.of(address)).toCompletableFuture().get(60, TimeUnit.SECONDS);
        return outcome instanceof DialOutcome.Failed failed ? failed.line() : outcome.toString();
    }

    static Swarm swarm(Identity identity, EventLoops loops, ResourceLimits limits) {
        SwarmConfig config = SwarmConfig.defaults().withLimits(limits);
        Swarm swarm = new Swarm(identity.peerId(), config, ConnectionGater.open(), new VirtualStrands());
        Upgrader upgrader = new Upgrader(
                List.of(Noise.of(identity)),
                List.of(new Yamux(YamuxConfig.defaults())),
                swarm.gater(),
                swarm.resources(),
                Duration.ofSeconds(50));
        swarm.addTransport(new TcpTransport(loops, upgrader, Duration.ofSeconds(5)));
        return swarm;
    }
}
