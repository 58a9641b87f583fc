package io.peerup.swarm;

import io.peerup.wire.PeerId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** The live connections by peer; safe to use from any thread. */
final class ConnectionTable {
    private static final Comparator<SwarmConnection> BETTER = Comparator.comparing(
                    (SwarmConnection connection) -> connection.limit().isEmpty())
            .thenComparing(connection -> !connection.isRelayed())
            .thenComparingLong(SwarmConnection::openedNanos);

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<PeerId, List<SwarmConnection>> byPeer = new LinkedHashMap<>();
    private int size;
    private boolean closed;

    /** Adds a connection; false once the table is closed. */
    boolean add(SwarmConnection connection) {
        lock.lock();
        try {
            if (!closed) {
                byPeer.computeIfAbsent(connection.remotePeer(), peer -> new ArrayList<>())
                        .add(connection);
                size++;
            }
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Removes a connection that was added; true when it was the last one to its peer, and then {@code forget} has been
     * run before anything else about the peer can happen here.
     */
    boolean remove(SwarmConnection connection, Runnable forget) {
        lock.lock();
        try {
            List<SwarmConnection> rest = byPeer.getOrDefault(connection.remotePeer(), new ArrayList<>());
            size -= rest.remove(connection) ? 1 : 0;
            if (rest.isEmpty()) {
                byPeer.remove(connection.remotePeer());
                forget.run();
            }
            return rest.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** Does something that {@link #remove} is to undo; empty, and nothing done, when no connection is there. */
    <T> Optional<T> whileConnected(PeerId peer, Supplier<T> action) {
        lock.lock();
        try {
            return byPeer.containsKey(peer) ? Optional.of(action.get()) : Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    /**
     * The connection that new streams should use: unlimited over limited, direct over relayed, then the newest. None
     * that is about to close.
     */
    Optional<SwarmConnection> best(PeerId peer) {
        return to(peer).stream().filter(connection -> !connection.isClosing()).max(BETTER);
    }

    List<SwarmConnection> to(PeerId peer) {
        lock.lock();
        try {
            return List.copyOf(byPeer.getOrDefault(peer, List.of()));
        } finally {
            lock.unlock();
        }
    }

    /** How many there are. */
    int size() {
        lock.lock();
        try {
            return size;
        } finally {
            lock.unlock();
        }
    }

    List<SwarmConnection> all() {
        lock.lock();
        try {
            return byPeer.values().stream().flatMap(List::stream).toList();
        } finally {
            lock.unlock();
        }
    }

    /** Lets no connection in any more and returns those that are there. */
    List<SwarmConnection> close() {
        lock.lock();
        try {
            closed = true;
            return all();
        } finally {
            lock.unlock();
        }
    }
}
