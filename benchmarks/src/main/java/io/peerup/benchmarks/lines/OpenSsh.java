package io.peerup.benchmarks.lines;

import io.peerup.benchmarks.Lane;
import io.peerup.benchmarks.Line.LeftOut;
import io.peerup.testkit.process.Commands;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** OpenSSH's own server on loopback with keys made for this run, and its forwarding of a local port. */
final class OpenSsh implements AutoCloseable {
    private static final Path SERVER = Path.of("/usr/sbin/sshd");
    private static final Path CLIENT = Path.of("/usr/bin/ssh");
    private static final long PATIENCE_MILLIS = 20_000;

    private final Path place;
    private final int port;
    private final Program server;

    private OpenSsh(Path place, int port, Program server) {
        this.place = place;
        this.port = port;
        this.server = server;
    }

    static OpenSsh start(Path place) throws IOException, InterruptedException, LeftOut {
        for (Path program : List.of(SERVER, CLIENT)) {
            if (!Files.isExecutable(program)) {
                throw new LeftOut(program + " (Debian packages openssh-server and openssh-client)");
            }
        }
        for (String key : List.of("host-key", "user-key")) {
            Commands.run(place, List.of("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key));
        }
        int port = freePort();
        Path config = Files.writeString(place.resolve("sshd_config"), """
                ListenAddress 127.0.0.1:%d
                HostKey %2$s/host-key
                AuthorizedKeysFile %2$s/user-key.pub
                AuthenticationMethods publickey
                PermitRootLogin yes
                StrictModes no
                UsePAM no
                PidFile none
                """.formatted(port, place));
        List<String> command = new ArrayList<>();
        if (Files.isWritable(Path.of("/run")) && Files.notExists(Path.of("/run/sshd"))) {
            // As root sshd insists on a directory that only its service makes: here one that nobody else sees.
            command.addAll(List.of(
                    "unshare",
                    "--mount",
                    "sh",
                    "-c",
                    "mount -t tmpfs tmpfs /run && mkdir /run/sshd && exec \"$@\"",
                    "sh"));
        }
        command.addAll(List.of(SERVER.toString(), "-D", "-e", "-f", config.toString()));
        Program server = Program.start(place, command);
        server.await("Server listening on 127.0.0.1");
        return new OpenSsh(place, port, server);
    }

    /** Fetches from the spout through {@code ssh -L} with this cipher. */
    Lane forwarding(String name, String cipher, Spout spout, double gigabytes) throws Exception {
        int local = freePort();
        Program client = Program.start(place, command(cipher, local, spout.port()));
        awaitListener(local);
        return new Forwarding(name, client, server, spout, local, gigabytes);
    }

    @Override
    public void close() {
        server.close();
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private List<String> command(String cipher, int local, int remote) {
        return List.of(
                CLIENT.toString(),
                "-N",
                "-F",
                "none",
                "-p",
                Integer.toString(port),
                "-i",
                place.resolve("user-key").toString(),
                "-c",
                cipher,
                "-L",
                "127.0.0.1:" + local + ":127.0.0.1:" + remote,
                "-oIdentitiesOnly=yes",
                "-oBatchMode=yes",
                "-oStrictHostKeyChecking=no",
                "-oUserKnownHostsFile=/dev/null",
                "-oExitOnForwardFailure=yes",
                "-oLogLevel=ERROR",
                System.getProperty("user.name") + "@127.0.0.1");
    }

    private static void awaitListener(int port) throws IOException, InterruptedException {
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
        while (!listens(port)) {
            if (System.nanoTime() > until) {
                throw new IOException("ssh does not listen on " + port);
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    private static boolean listens(int port) throws IOException {
        String wanted = ":%04X ".formatted(port);
        try (Stream<String> sockets = Files.lines(Path.of("/proc/net/tcp"))) {
            return sockets.anyMatch(socket -> socket.contains(wanted) && socket.contains(" 0A "));
        }
    }

    private record Forwarding(String name, Program client, Program server, Spout spout, int port, double gigabytes)
            implements Lane {
        @Override
        public Turn turn() throws Exception {
            return Turn.of(spout.drink(port), gigabytes);
        }

        @Override
        public Map<String, Double> processorSeconds() throws IOException {
            return Map.of("near", client.processorSeconds(), "far", server.processorSeconds());
        }

        @Override
        public void close() {
            client.close();
        }
    }
}
