package io.peerup.circuitrelay.netty;

import io.peerup.swarm.MuxedStream;
import java.util.concurrent.RejectedExecutionException;

/** Running things on the loop of a stream. */
final class Loops {
    private Loops() {}

    /**
     * Runs on the stream's loop: now if this is it, in the order of the calls otherwise.
     *
     * @return false when that loop has been shut down and nothing will run
     */
    static boolean run(MuxedStream stream, Runnable task) {
        var loop = stream.channel().eventLoop();
        if (loop.inEventLoop()) {
            task.run();
            return true;
        }
        try {
            loop.execute(task);
            return true;
        } catch (RejectedExecutionException shutDown) {
            return false;
        }
    }
}
