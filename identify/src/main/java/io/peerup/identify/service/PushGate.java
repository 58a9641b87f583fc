package io.peerup.identify.service;

import io.peerup.identify.PushRate;
import io.peerup.swarm.Connection;
import io.peerup.wire.Multiaddr;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/** The push rate of the whole node. Asked from every event loop, briefly. */
final class PushGate {
    private final ReentrantLock lock = new ReentrantLock();
    private final PushRate rate = new PushRate();
    private final LongSupplier nanoTime;

    PushGate(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Whether a push over this connection is listened to; if so it counts. */
    boolean admits(Connection connection) {
        Multiaddr remote = connection.remote();
        Optional<InetAddress> address =
                connection.isRelayed() ? Optional.empty() : remote.tcpAddress().map(InetSocketAddress::getAddress);
        lock.lock();
        try {
            return rate.admits(connection.remotePeer(), address, nanoTime.getAsLong());
        } finally {
            lock.unlock();
        }
    }
}
