package io.peerup.interop;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** What {@code jcmd} does, without starting a JVM for every question. */
public final class JvmCommand {
    private static final int TRIES = 3;

    private JvmCommand() {}

    /** Has a JVM of this user run a diagnostic command, and returns what it says; one that is busy may not hear at once. */
    public static String run(long pid, String command) throws IOException, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            try {
                return runOnce(pid, command);
            } catch (IOException unheard) {
                if (attempt == TRIES) {
                    throw unheard;
                }
                TimeUnit.SECONDS.sleep(1);
            }
        }
    }

    private static String runOnce(long pid, String command) throws IOException, InterruptedException {
        Path socket = Path.of(System.getProperty("java.io.tmpdir"), ".java_pid" + pid);
        if (!Files.exists(socket)) {
            return withJcmd(pid, command);
        }
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(socket));
            String request = "1\0jcmd\0" + command + "\0\0\0";
            channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.UTF_8)));
            String said = new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8);
            if (said.isEmpty()) {
                throw new IOException("no answer to " + command + " from " + pid);
            }
            return said;
        }
    }

    /** The first time somebody has to make the JVM listen, which the tool knows how to do. */
    private static String withJcmd(long pid, String command) throws IOException, InterruptedException {
        Process jcmd = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(), Long.toString(pid), command)
                .redirectErrorStream(true)
                .start();
        String said = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (jcmd.waitFor() != 0) {
            throw new IOException("jcmd " + pid + " " + command + ": " + said);
        }
        return said;
    }
}
