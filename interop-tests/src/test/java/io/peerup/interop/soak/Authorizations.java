package io.peerup.interop.soak;

import io.peerup.interop.JavaPeer;
import io.peerup.swarm.Connection;
import io.peerup.wire.Identity;
import io.peerup.wire.Multiaddr;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** Edits of the list of those who may connect, while it is followed. */
final class Authorizations {
    private static final long PATIENCE_SECONDS = 60;
    private static final Object ONE_EDITOR = new Object();

    private Authorizations() {}

    static void addedAndRemoved(Town town) throws Exception {
        Identity stranger = Identity.generate();
        edit(() -> town.atHome().keys().add(stranger.peerId(), "for a while"));
        try (JavaPeer peer = JavaPeer.start(stranger)) {
            Connection connection = admitted(peer, town.homeAddress());
            edit(() -> town.atHome().keys().remove(stranger.peerId()));
            connection.closed().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } finally {
            edit(() -> town.atHome().keys().remove(stranger.peerId()));
        }
    }

    private interface Edit {
        void run() throws IOException;
    }

    /** People do not edit one file at once, either. */
    private static void edit(Edit edit) throws IOException {
        synchronized (ONE_EDITOR) {
            edit.run();
        }
    }

    /** The daemon looks at its list now and then; until it has, the stranger is sent away. */
    private static Connection admitted(JavaPeer peer, Multiaddr home) throws Exception {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (true) {
            try {
                Connection connection = peer.connect(home.peerId().orElseThrow(), home.withoutPeerId());
                JavaPeer.ping(connection);
                return connection;
            } catch (IOException notYet) {
                if (System.nanoTime() > until) {
                    throw notYet;
                }
                TimeUnit.MILLISECONDS.sleep(200);
            }
        }
    }
}
