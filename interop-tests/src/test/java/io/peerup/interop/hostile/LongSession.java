package io.peerup.interop.hostile;

import io.peerup.interop.lab.LabProcess;
import io.peerup.interop.lab.Namespace;
import io.peerup.interop.lab.SshClient;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One OpenSSH session from first to last: a line goes out twice a second, and the shell on the other side, which signs
 * with its process id, must send each back.
 */
final class LongSession implements AutoCloseable {
    /** For one line, there and back, on a machine that is under attack and slow. */
    static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Duration TO_LOG_IN = Duration.ofMinutes(2);
    private static final long PAUSE_MILLIS = 500;
    private static final String ECHO = "echo \"shell $$\"; while read -r line; do echo \"$line back from $$\"; done";

    private final LabProcess ssh;
    private final String shell;
    private final Thread thread;
    private long lines;
    private Duration longest = Duration.ZERO;
    private @Nullable Throwable failure;
    private volatile boolean over;

    private LongSession(LabProcess ssh, String shell) {
        this.ssh = ssh;
        this.shell = shell;
        this.thread = Thread.ofPlatform().daemon().name("session").unstarted(this::goOn);
    }

    /**
     * What came of it so far.
     *
     * @param lines that came back
     * @param longest that one of them took
     */
    record Figures(long lines, Duration longest) {}

    /** Logs in, and returns when the shell has spoken. */
    static LongSession start(Namespace from, SshClient client, int port) throws IOException, InterruptedException {
        LabProcess ssh = from.start("session-" + port, client.command(port, ECHO), Map.of());
        LongSession session = new LongSession(
                ssh, ssh.waitForLine("^shell (\\d+)$", TO_LOG_IN).group(1));
        session.thread.start();
        return session;
    }

    /** Waits for a line that is sent after this call, and fails unless all lines so far came back. */
    synchronized void requireAlive() throws InterruptedException {
        long wanted = lines + 2;
        while (failure == null && lines < wanted) {
            wait();
        }
        requireUnbroken();
    }

    /** Fails if a line is known to be lost. */
    synchronized void requireUnbroken() {
        if (failure != null) {
            throw new AssertionError("the session is broken after " + lines + " lines", failure);
        }
        if (!ssh.isAlive()) {
            throw new AssertionError("the session is broken, ssh has ended: " + ssh.lines());
        }
    }

    synchronized Figures figures() {
        return new Figures(lines, longest);
    }

    @Override
    public void close() throws InterruptedException {
        over = true;
        thread.join();
        ssh.close();
    }

    private void goOn() {
        try {
            for (long line = 1; !over; line++) {
                long begun = System.nanoTime();
                ssh.type("line " + line);
                ssh.waitForLine("^line %d back from %s$".formatted(line, shell), PATIENCE);
                cameBack(Duration.ofNanos(System.nanoTime() - begun));
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            }
        } catch (IOException | InterruptedException | AssertionError broken) {
            fail(broken);
        }
    }

    private synchronized void cameBack(Duration took) {
        lines++;
        longest = took.compareTo(longest) > 0 ? took : longest;
        notifyAll();
    }

    private synchronized void fail(Throwable broken) {
        failure = broken;
        notifyAll();
    }
}
