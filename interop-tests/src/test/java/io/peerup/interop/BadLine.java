package io.peerup.interop;

import io.peerup.wire.Multiaddr;
import io.peerup.wire.PeerId;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A TCP line to a peer, in which what the dialer sends is damaged, or ends, at one place. */
public final class BadLine implements AutoCloseable {
    /** A byte of the dialer's last message in the noise handshake, which comes after its keys. */
    static final int IN_THE_HANDSHAKE = 150;

    /** A byte after every handshake. */
    static final int IN_THE_BULK = 300_000;

    private final ServerSocket listener;
    private final Multiaddr target;
    private final Fault fault;
    private final int place;
    private final AtomicInteger faults = new AtomicInteger();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();

    /** What happens there. */
    public enum Fault {
        /** One bit is another. */
        FLIPS_A_BIT,
        /** What was read from the socket together with this byte is lost. */
        DROPS_A_PIECE,
        /** Both ends see the other one hang up before this byte. */
        HANGS_UP,
        /** Both ends see the other one reset the connection before this byte. */
        RESETS
    }

    private BadLine(ServerSocket listener, Multiaddr target, Fault fault, int place) {
        this.listener = listener;
        this.target = target;
        this.fault = fault;
        this.place = place;
    }

    public static BadLine to(Multiaddr target, Fault fault, int place) throws IOException {
        BadLine line = new BadLine(new ServerSocket(0, 8, InetAddress.getLoopbackAddress()), target, fault, place);
        Thread.ofVirtual().start(line::accept);
        return line;
    }

    /** Where to dial instead of the peer itself. */
    public Multiaddr address() throws Exception {
        PeerId peer = target.peerId().orElseThrow();
        return Multiaddr.parse("/ip4/127.0.0.1/tcp/" + listener.getLocalPort()).withPeerId(peer);
    }

    /** How often something was damaged. */
    public int faults() {
        return faults.get();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket dialer = listener.accept();
                InetSocketAddress where = target.tcpAddress().orElseThrow();
                Socket peer = new Socket(where.getAddress(), where.getPort());
                sockets.addAll(List.of(dialer, peer));
                Thread.ofVirtual().start(() -> copy(dialer, peer, true));
                Thread.ofVirtual().start(() -> copy(peer, dialer, false));
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private void copy(Socket from, Socket to, boolean bad) {
        try (InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            byte[] piece = new byte[1024];
            long passed = 0;
            for (int bytes = in.read(piece); bytes >= 0; bytes = in.read(piece)) {
                boolean here = bad && passed <= place && place < passed + bytes;
                passed += bytes;
                if (here) {
                    faults.incrementAndGet();
                    int before = (int) (place - (passed - bytes));
                    switch (fault) {
                        case FLIPS_A_BIT -> piece[before] ^= 1;
                        case DROPS_A_PIECE -> {
                            continue;
                        }
                        case HANGS_UP, RESETS -> {
                            out.write(piece, 0, before);
                            end(from, to);
                            return;
                        }
                    }
                }
                out.write(piece, 0, bytes);
            }
        } catch (IOException ended) {
            // Either end hung up; both sockets are closed by now.
        }
    }

    private void end(Socket from, Socket to) throws IOException {
        if (fault == Fault.RESETS) {
            // Unsent data is dropped, and RST sent instead of FIN.
            from.setSoLinger(true, 0);
            to.setSoLinger(true, 0);
        }
        from.close();
        to.close();
    }
}
