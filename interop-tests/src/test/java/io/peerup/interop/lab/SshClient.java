package io.peerup.interop.lab;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** OpenSSH's client on one host; it connects to a port of its own loopback, where a proxy listens. */
public final class SshClient {
    private static final String TARGET = Enclosure.LOGIN + "@127.0.0.1";

    private final Namespace host;
    private final Path key;

    SshClient(Namespace host, Path key) {
        this.host = host;
        this.key = key;
    }

    /** Runs a shell command on the other side that must succeed within a minute, and returns what it printed. */
    public String run(int port, String remoteCommand) throws IOException, InterruptedException {
        return host.run(command(port, remoteCommand).toArray(String[]::new));
    }

    /** The command line that runs a shell command on the other side, to be started on this host. */
    public List<String> command(int port, String remoteCommand) {
        List<String> ssh = new ArrayList<>(List.of("ssh", "-p", Integer.toString(port)));
        ssh.addAll(options());
        ssh.addAll(List.of(TARGET, remoteCommand));
        return ssh;
    }

    /** Copies a file to the other side within a minute. */
    public void copy(int port, Path local, Path remote) throws IOException, InterruptedException {
        List<String> scp = new ArrayList<>(List.of("scp", "-q", "-P", Integer.toString(port)));
        scp.addAll(options());
        scp.addAll(List.of(local.toString(), TARGET + ":" + remote));
        host.run(scp.toArray(String[]::new));
    }

    private List<String> options() {
        return List.of(
                "-F",
                "none",
                "-i",
                key.toString(),
                "-oIdentitiesOnly=yes",
                "-oBatchMode=yes",
                "-oStrictHostKeyChecking=no",
                "-oUserKnownHostsFile=/dev/null",
                "-oLogLevel=ERROR");
    }
}
