package io.peerup.relay.program;

import java.io.PrintStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;

/** Keeps a server in the foreground until it is asked to stop, by a signal or by {@link #stop}; it is closed once. */
public final class Foreground {
    private final Server server;
    private final PrintStream out;
    private final String farewell;
    private final CountDownLatch asked = new CountDownLatch(1);
    private final ReentrantLock closing = new ReentrantLock();
    private volatile boolean closed;

    /** What is kept running. */
    @FunctionalInterface
    public interface Server {
        /** Stops in order; waits. */
        void close() throws InterruptedException;
    }

    /**
     * Nothing happens yet.
     *
     * @param farewell printed to {@code out} when the server is closed
     */
    public Foreground(Server server, PrintStream out, String farewell) {
        this.server = server;
        this.out = out;
        this.farewell = farewell;
    }

    /**
     * From now on a signal closes the server, and the process ends with 0: a signal is how people and service managers
     * stop a server, not a failure. Once.
     */
    public void closeOnSignal() {
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("stop").unstarted(this::signalled));
    }

    /** Waits until the server is asked to stop, and closes it. */
    public void stay() throws InterruptedException {
        asked.await();
        close();
    }

    /** Asks the server to stop. Any thread; asking again changes nothing. */
    public void stop() {
        asked.countDown();
    }

    /** Closes the server, or waits until it is closed. */
    public void close() throws InterruptedException {
        closing.lock();
        try {
            if (!closed) {
                closed = true;
                server.close();
                out.println(farewell);
                out.flush();
            }
        } finally {
            closing.unlock();
        }
    }

    /** A server that is closed already is not the reason why the process ends. */
    private void signalled() {
        if (!closing.isLocked() && closed) {
            return;
        }
        try {
            close();
        } catch (InterruptedException givenUp) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(CommandLines.OK);
    }
}
