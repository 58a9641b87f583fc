package io.peerup.interop;

import io.peerup.swarm.Connection;
import io.peerup.swarm.MuxedStream;
import io.peerup.swarm.ProtocolId;
import io.peerup.swarm.StreamLimits;
import io.peerup.swarm.StreamProtocol;
import io.peerup.swarm.Swarm;
import io.peerup.testkit.perf.netty.Perf;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;

/** The protocols that {@code go-peer/streams.go} describes, served by us, each stream on a thread of its own. */
final class TestProtocols {
    static final ProtocolId ECHO = ProtocolId.of("/peerup-test/echo/1.0.0");
    static final ProtocolId SINK = ProtocolId.of("/peerup-test/sink/1.0.0");
    static final ProtocolId SOURCE = ProtocolId.of("/peerup-test/source/1.0.0");
    static final ProtocolId RESET = ProtocolId.of("/peerup-test/reset/1.0.0");
    static final ProtocolId STALL = ProtocolId.of("/peerup-test/stall/1.0.0");

    private static final int CHUNK = 64 << 10;

    private final CountDownLatch unstall = new CountDownLatch(1);

    /** Registers them all. */
    void serve(Swarm swarm) {
        swarm.handle(new Served(ECHO, TestProtocols::echo));
        swarm.handle(new Served(SINK, TestProtocols::sink));
        swarm.handle(new Served(SOURCE, TestProtocols::source));
        swarm.handle(new Served(RESET, TestProtocols::reset));
        swarm.handle(new Served(STALL, io -> {
            unstall.await();
            sink(io);
        }));
        swarm.handle(new Perf(counted -> {}));
    }

    /** Lets the stalled streams be read. */
    void unstall() {
        unstall.countDown();
    }

    /** A sink that tells another digest than the right one. */
    static StreamProtocol lyingSink() {
        return new Served(SINK, io -> {
            MessageDigest digest = sha256();
            byte[] block = new byte[CHUNK];
            for (int bytes = io.read(block); bytes >= 0; bytes = io.read(block)) {
                block[0] ^= 1;
                digest.update(block, 0, bytes);
            }
            io.write(digest.digest());
            io.finish();
        });
    }

    /** Replaces the stalled reader by one that takes everything at once, and keeps it until it may read. */
    void hoard(Swarm swarm) {
        swarm.unhandle(STALL);
        swarm.handle(new Served(STALL, io -> {
            List<ByteBuffer> hoard = new ArrayList<>();
            byte[] block = new byte[CHUNK];
            for (int bytes = io.read(block); bytes >= 0; bytes = io.read(block)) {
                hoard.add(ByteBuffer.allocateDirect(bytes).put(block, 0, bytes).flip());
            }
            unstall.await();
            MessageDigest digest = sha256();
            hoard.forEach(digest::update);
            io.write(digest.digest());
            io.finish();
        }));
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException(missing);
        }
    }

    /** Writes random bytes and returns the digest of what was written. */
    static byte[] sendRandom(StreamIo io, long count) throws IOException {
        MessageDigest digest = sha256();
        Random random = new Random();
        byte[] block = new byte[CHUNK];
        for (long left = count; left > 0; left -= CHUNK) {
            random.nextBytes(block);
            int size = (int) Math.min(left, CHUNK);
            digest.update(block, 0, size);
            io.write(block, size);
        }
        return digest.digest();
    }

    private static void echo(StreamIo io) throws IOException {
        byte[] block = new byte[CHUNK];
        for (int bytes = io.read(block); bytes >= 0; bytes = io.read(block)) {
            io.write(block, bytes);
        }
        io.finish();
    }

    private static void sink(StreamIo io) throws IOException {
        MessageDigest digest = sha256();
        byte[] block = new byte[CHUNK];
        for (int bytes = io.read(block); bytes >= 0; bytes = io.read(block)) {
            digest.update(block, 0, bytes);
        }
        io.write(digest.digest());
        io.finish();
    }

    private static void source(StreamIo io) throws IOException {
        io.write(sendRandom(io, ByteBuffer.wrap(io.readFully(Long.BYTES)).getLong()));
        io.finish();
    }

    private static void reset(StreamIo io) throws IOException {
        io.stream().reset(ByteBuffer.wrap(io.readFully(Integer.BYTES)).getInt() & 0xffff_ffffL);
    }

    private interface Story {
        void run(StreamIo io) throws Exception;
    }

    private record Served(ProtocolId id, Story story) implements StreamProtocol {
        @Override
        public boolean allowedOnLimitedConnections() {
            return true;
        }

        @Override
        public StreamLimits limits() {
            return new StreamLimits(100_000);
        }

        @Override
        public void attach(MuxedStream stream, Connection connection) {
            StreamIo io = StreamIo.on(stream);
            Thread.ofVirtual().name(id.value()).start(() -> {
                try {
                    story.run(io);
                } catch (Exception failed) {
                    stream.reset(0);
                }
            });
        }
    }
}
