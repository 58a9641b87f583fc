package io.peerup.node.api.server.netty;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The connections of clients, oldest first. When there are too many, the oldest that waits for nothing makes room: so
 * idle connections, however many, keep nobody out.
 */
final class OpenConnections {
    /** As many at once. */
    static final int MAX = 256;

    private final Set<ApiConnection> open = new LinkedHashSet<>();
    private @Nullable Runnable whenGone;

    /** Whether there is room, or could be made. */
    boolean admit(ApiConnection connection) {
        if (whenGone != null) {
            return false;
        }
        if (open.size() >= MAX) {
            Optional<ApiConnection> idle =
                    open.stream().filter(ApiConnection::isIdle).findFirst();
            if (idle.isEmpty()) {
                return false;
            }
            open.remove(idle.get());
            idle.get().close();
        }
        return open.add(connection);
    }

    void remove(ApiConnection connection) {
        open.remove(connection);
        tellIfGone();
    }

    /** Lets nobody in any more, and lets those go that are here. */
    void closeAll(Runnable gone) {
        whenGone = gone;
        List.copyOf(open).forEach(ApiConnection::closeAfterWrites);
        tellIfGone();
    }

    private void tellIfGone() {
        if (whenGone != null && open.isEmpty()) {
            whenGone.run();
        }
    }
}
