package io.peerup.interop.hostile;

import io.peerup.interop.JavaPeerProgram;
import io.peerup.testkit.hostile.RawIdentity;
import io.peerup.testkit.hostile.RawListener;
import io.peerup.testkit.hostile.RawPeer;
import io.peerup.testkit.process.PeerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/**
 * Who is there when a row is run.
 *
 * @param relay a relay that lets the cast in
 * @param daemon a daemon that lets the cast in, and dials {@code trap} as its relay
 * @param peer a peer that everybody may connect to
 * @param control tells that peer what to do
 * @param trap where the daemon finds its relay
 * @param service what the daemon exposes
 * @param cast the identities in both files of authorized keys
 */
record Scene(
        Target relay, Target daemon, Target peer, PeerProcess control, RawListener trap, Service service, Cast cast) {
    /** Of a session through the relay: small, so that a row can reach it. */
    static final int SESSION_BYTES = 100_000;

    /** The end of a relay's configuration. */
    static final String RELAY_LIMITS = "resources:\n  session_data_limit: \"%d\"\n".formatted(SESSION_BYTES);

    /**
     * Identities.
     *
     * @param honest who breaks no rule
     * @param attacker who does, and may connect
     * @param friends more who may connect
     * @param others the peer ids of more who may, and whom no row plays
     */
    record Cast(RawIdentity honest, RawIdentity attacker, List<RawIdentity> friends, List<String> others) {
        static Cast generate() {
            return generate(List.of());
        }

        static Cast generate(List<String> others) {
            return new Cast(
                    RawIdentity.generate(),
                    RawIdentity.generate(),
                    Stream.generate(RawIdentity::generate).limit(20).toList(),
                    others);
        }

        /** The same play with another attacker, and with the friends in another order. */
        Cast with(RawIdentity another, int turns) {
            List<RawIdentity> turned = new ArrayList<>(friends);
            Collections.rotate(turned, turns);
            return new Cast(honest, another, List.copyOf(turned), others);
        }

        /** The peer ids of all who may connect. */
        List<String> names() {
            Stream<RawIdentity> played = Stream.concat(Stream.of(honest, attacker), friends.stream());
            return Stream.concat(played.map(RawIdentity::name), others.stream()).toList();
        }
    }

    /** Starts both programs. */
    static Scene open(Path directory) throws Exception {
        Cast cast = Cast.generate();
        RawListener trap = new RawListener(RawIdentity.generate());
        Service service = Service.start();
        PeerProcess control = JavaPeerProgram.start(Target.JVM_OPTIONS);
        Target relay = Target.relay(Files.createDirectory(directory.resolve("r")), cast.names(), RELAY_LIMITS);
        Target daemon = Target.daemon(
                Files.createDirectory(directory.resolve("d")),
                cast.names(),
                List.of(trap.address()),
                service.configuration());
        return new Scene(relay, daemon, Target.of(control), control, trap, service, cast);
    }

    /** The same with another relay. */
    Scene withRelay(Target other) {
        return new Scene(other, daemon, peer, control, trap, service, cast);
    }

    /** The same with another peer. */
    Scene withPeer(Target other) {
        return new Scene(relay, daemon, other, control, trap, service, cast);
    }

    /** The same with another daemon and its service. */
    Scene withDaemon(Target other, Service itsService) {
        return new Scene(relay, other, peer, control, trap, itsService, cast);
    }

    /** The same with another cast, and the service of the daemon that is its. */
    Scene with(Cast other, Service itsService) {
        return new Scene(relay, daemon, peer, control, trap, itsService, other);
    }

    /** The attacker, all the way to the relay's streams. */
    RawPeer atRelay() throws IOException {
        return relay.dial(cast.attacker());
    }

    /** The attacker, all the way to the daemon's streams. */
    RawPeer atDaemon() throws IOException {
        return daemon.dial(cast.attacker());
    }

    /** The attacker, all the way to the peer's streams. */
    RawPeer atPeer() throws IOException {
        return peer.dial(cast.attacker());
    }

    void close() throws IOException, InterruptedException {
        control.close();
        daemon.close();
        relay.close();
        trap.close();
        service.close();
    }
}
