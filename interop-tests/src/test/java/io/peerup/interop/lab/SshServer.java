package io.peerup.interop.lab;

import io.peerup.testkit.Patience;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Debian's own OpenSSH server on the loopback of one host, with keys made for this run. */
public final class SshServer implements AutoCloseable {
    private static final Duration PATIENCE = Patience.LONG;

    private final LabProcess process;
    private final Path userKey;

    private SshServer(LabProcess process, Path userKey) {
        this.process = process;
        this.userKey = userKey;
    }

    /** Returns when it listens on 127.0.0.1. */
    public static SshServer start(Namespace host, int port) throws IOException, InterruptedException {
        Path directory = Files.createDirectory(host.directory().resolve("sshd-" + host + "-" + port));
        Path hostKey = directory.resolve("host-key");
        Path userKey = directory.resolve("user-key");
        for (Path key : List.of(hostKey, userKey)) {
            host.run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key.toString());
        }
        Path config = directory.resolve("sshd_config");
        Files.writeString(config, """
                ListenAddress 127.0.0.1:%d
                HostKey %s
                AuthorizedKeysFile %s.pub
                AuthenticationMethods publickey
                PermitRootLogin yes
                StrictModes no
                UsePAM no
                PidFile none
                Subsystem sftp internal-sftp
                """.formatted(port, hostKey, userKey));
        List<String> command = new ArrayList<>(host.privilege().serverPrefix());
        // sshd starts itself anew for each connection and insists on its absolute path for that.
        command.addAll(List.of(Tools.find("sshd").orElseThrow().toString(), "-D", "-e", "-f", config.toString()));
        LabProcess process = host.start("sshd-" + port, command, Map.of());
        process.waitForLine("Server listening on 127.0.0.1", PATIENCE);
        return new SshServer(process, userKey);
    }

    /** A client on any host that may log in here. */
    public SshClient client(Namespace from) {
        return new SshClient(from, userKey);
    }

    /** The listening process; each session is a child of it. */
    public LabProcess process() {
        return process;
    }

    @Override
    public void close() throws InterruptedException {
        process.close();
    }
}
