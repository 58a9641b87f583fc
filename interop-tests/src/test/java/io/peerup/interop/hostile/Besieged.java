package io.peerup.interop.hostile;

import io.peerup.host.identity.IdentityFile;
import io.peerup.interop.JavaPeerProgram;
import io.peerup.interop.lab.LabProcess;
import io.peerup.interop.lab.LoopbackHost;
import io.peerup.interop.lab.SshServer;
import io.peerup.testkit.hostile.RawIdentity;
import io.peerup.testkit.hostile.RawListener;
import io.peerup.testkit.process.PeerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * OpenSSH from a laptop through a relay to a home, all of it on loopback; the scene's relay and its daemon, which is the
 * home's, are the very ones that are attacked.
 *
 * @param attackers one for each row that is run at once with others, so that none pays for another
 */
record Besieged(
        Scene scene, Target laptop, String homeId, LoopbackHost machine, SshServer sshd, List<Attacker> attackers)
        implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    /** What the row of sessions that ask for the service named ssh must not find. */
    private static final String SERVICE = "shell";

    /** Home and laptop come from the address that the attackers have, too. */
    private static final String ROOM_FOR_THE_HONEST = """
            resources:
              max_reservations_per_ip: %d
              session_duration: "1000h"
              session_data_limit: "1000GB"
            """.formatted(RelayRows.PER_ADDRESS + 2);

    /** Who attacks while others do, and the service of home that is for nobody else. */
    record Attacker(RawIdentity identity, Service service) {
        static Attacker start(int number) throws IOException {
            return new Attacker(RawIdentity.generate(), Service.start("web" + number));
        }
    }

    static Besieged build(Path directory, int attackers) throws Exception {
        LoopbackHost machine = LoopbackHost.open("siege");
        int sshPort = Target.freePort();
        SshServer sshd = SshServer.start(machine.host(), sshPort);
        Path relayHome = Files.createDirectory(directory.resolve("relay"));
        Path home = Files.createDirectory(directory.resolve("home"));
        Path lap = Files.createDirectory(directory.resolve("laptop"));
        String homeId = peerId(home);
        String laptopId = peerId(lap);
        List<Attacker> hostile = new ArrayList<>();
        for (int each = 0; each < attackers; each++) {
            hostile.add(Attacker.start(each));
        }
        Scene.Cast cast = Scene.Cast.generate(Stream.concat(
                        Stream.of(homeId, laptopId),
                        hostile.stream().map(each -> each.identity().name()))
                .toList());
        Service service = Service.start();
        RawListener trap = new RawListener(RawIdentity.generate());
        PeerProcess control = JavaPeerProgram.start(Target.JVM_OPTIONS);
        Target relay = Target.relay(relayHome, cast.names(), ROOM_FOR_THE_HONEST);
        Target daemon = Target.daemon(
                home,
                cast.names(),
                List.of(relay.multiaddr(), trap.address()),
                service.configuration()
                        + Service.entry(SERVICE, sshPort)
                        + hostile.stream().map(each -> each.service().entry()).collect(Collectors.joining()));
        Target laptop = Target.daemon(lap, List.of(homeId), List.of(relay.multiaddr()), "");
        Scene scene = new Scene(relay, daemon, Target.of(control), control, trap, service, cast);
        requireReserved(daemon);
        requireReserved(laptop);
        return new Besieged(scene, laptop, homeId, machine, sshd, hostile);
    }

    /** The command that a person leaves open on the laptop; returns when it listens. */
    LabProcess openProxy(int port) throws Exception {
        LabProcess proxy = peerup("proxy", homeId, SERVICE, Integer.toString(port));
        proxy.waitForLine("listening on 127.0.0.1:" + port, PATIENCE);
        return proxy;
    }

    /** A session that lasts, through a proxy on this port. */
    LongSession openSession(int port) throws Exception {
        return LongSession.start(machine.host(), sshd.client(machine.host()), port);
    }

    /** Fails unless the laptop reaches the home through the relay only. */
    void requireRelayed() throws Exception {
        LabProcess ping = peerup("ping", "-c", "1", homeId);
        ping.waitForLine("\\[RELAYED\\]", PATIENCE);
        ping.waitFor(PATIENCE);
    }

    /** Fails unless new honest peers are let in everywhere, and a new session goes all the way. */
    void requireServed(int proxyPort) throws Exception {
        for (Target each : List.of(scene.relay(), scene.daemon(), scene.peer())) {
            Honest.requireServedAtLast(each, scene.cast().honest(), PATIENCE);
        }
        String said = sshd.client(machine.host()).run(proxyPort, "echo served");
        if (!said.equals("served")) {
            throw new AssertionError("a new session says: " + said);
        }
    }

    /** Ends what rows have left of their connections from home. */
    void clear() throws IOException {
        scene.service().clear();
        for (Attacker each : attackers) {
            each.service().clear();
        }
    }

    /** Those that are ours, by name. */
    Map<String, Target> programs() {
        Map<String, Target> programs = new LinkedHashMap<>();
        programs.put("relay", scene.relay());
        programs.put("home", scene.daemon());
        programs.put("laptop", laptop);
        return programs;
    }

    /** The scene as the attacker with this number plays it. */
    Scene sceneOf(int attacker) {
        Attacker who = attackers.get(attacker);
        return scene.with(scene.cast().with(who.identity(), attacker), who.service());
    }

    @Override
    public void close() throws IOException, InterruptedException {
        laptop.close();
        scene.close();
        for (Attacker each : attackers) {
            each.service().close();
        }
        sshd.close();
        machine.close();
    }

    private LabProcess peerup(String command, String... arguments) throws IOException {
        return LabProcess.onThisMachine(
                new ProcessBuilder(Target.peerupCommand(laptop.directory(), command, arguments)),
                Path.of("target", "siege-" + command + ".log"));
    }

    private static String peerId(Path directory) throws Exception {
        return IdentityFile.at(directory.resolve("identity.key"))
                .loadOrCreate()
                .peerId()
                .toString();
    }

    private static void requireReserved(Target daemon) throws Exception {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (!daemon.printed().contains("reserved until")) {
            if (System.nanoTime() > until) {
                throw new IOException("no reservation: " + daemon.printed());
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }
}
