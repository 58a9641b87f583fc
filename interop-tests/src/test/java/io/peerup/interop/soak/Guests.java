package io.peerup.interop.soak;

import io.peerup.host.file.FileProblem;
import io.peerup.interop.JavaPeer;
import io.peerup.wire.Identity;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** Peers that come, each with an identity that nobody else has at that time, and go. */
final class Guests {
    private static final int IDENTITIES = 12;

    private final BlockingQueue<Identity> free = new LinkedBlockingQueue<>();

    private Guests() {}

    static Guests invitedTo(Machine... hosts) throws FileProblem {
        Guests guests = new Guests();
        for (int i = 0; i < IDENTITIES; i++) {
            Identity identity = Identity.generate();
            guests.free.add(identity);
            for (Machine host : hosts) {
                host.keys().add(identity.peerId(), "guest");
            }
        }
        return guests;
    }

    /** Waits for an identity; closing the guest gives it back. */
    Guest come() throws Exception {
        Identity identity = free.take();
        try {
            return new Guest(JavaPeer.start(identity), identity, this);
        } catch (Exception failed) {
            free.add(identity);
            throw failed;
        }
    }

    /** A peer of our own stack in this JVM. */
    record Guest(JavaPeer peer, Identity identity, Guests all) implements AutoCloseable {
        @Override
        public void close() throws InterruptedException {
            peer.close();
            all.free.add(identity);
        }
    }
}
