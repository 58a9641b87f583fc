package io.peerup.interop;

import com.google.gson.JsonObject;
import io.peerup.swarm.Connection;
import io.peerup.testkit.process.GoPeer;
import io.peerup.testkit.process.GoVersion;
import io.peerup.testkit.process.PeerProcess;
import io.peerup.wire.Identity;
import java.util.HashMap;
import java.util.Map;

/** One of ours and one of go's, connected. */
record Pair(JavaPeer java, PeerProcess go, Connection connection, JsonObject seenByGo) implements AutoCloseable {
    /** Who dials. */
    enum Dialer {
        /** We do. */
        JAVA,
        /** They do. */
        GO
    }

    static Pair connect(GoVersion version, Dialer dialer, String... goFlags) throws Exception {
        JavaPeer java = JavaPeer.start(Identity.generate());
        PeerProcess go = GoPeer.start(version, goFlags);
        try {
            return connect(java, go, dialer);
        } catch (Exception failed) {
            java.close();
            go.close();
            throw failed;
        }
    }

    private static Pair connect(JavaPeer java, PeerProcess go, Dialer dialer) throws Exception {
        switch (dialer) {
            case JAVA -> java.connect(go.id(), go.address());
            case GO -> go.run("connect", Map.of("addr", java.address()));
        }
        // Whoever dialed, asking go to connect tells how it sees the connection that is there.
        JsonObject seen = go.run("connect", Map.of("addr", java.address()));
        Connection connection = java.host().swarm().connections(go.id()).getFirst();
        return new Pair(java, go, connection, seen);
    }

    /** Runs a command of go's that concerns us. */
    JsonObject goDoes(String command, Map<String, ?> arguments) throws Exception {
        Map<String, Object> all = new HashMap<>(arguments);
        all.put("peer", java.id());
        return go.run(command, all);
    }

    @Override
    public void close() throws Exception {
        java.close();
        go.close();
    }
}
