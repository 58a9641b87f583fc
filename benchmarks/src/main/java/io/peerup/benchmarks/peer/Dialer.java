package io.peerup.benchmarks.peer;

import io.peerup.host.Host;
import io.peerup.swarm.Connection;
import io.peerup.swarm.DialOutcome;
import io.peerup.swarm.ErrorCode;
import io.peerup.swarm.SwarmEvent;
import io.peerup.wire.Multiaddr;
import io.peerup.wire.PeerId;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A host that connects, waits for what identify says and hangs up, one connection at a time. */
final class Dialer implements AutoCloseable {
    private final Host host;
    private volatile CompletableFuture<Void> identified = new CompletableFuture<>();

    Dialer(Host host) {
        this.host = host;
        host.swarm().subscribe(event -> {
            if (event instanceof SwarmEvent.PeerIdentified) {
                identified.complete(null);
            }
        });
    }

    CompletionStage<Void> once(PeerId peer, Multiaddr address) {
        CompletableFuture<Void> known = new CompletableFuture<>();
        identified = known;
        return host.swarm().dial(peer, List.of(address)).thenCompose(outcome -> switch (outcome) {
            case DialOutcome.Connected(Connection connection, boolean fresh) ->
                known.thenCompose(nothing -> {
                    connection.close(ErrorCode.NONE);
                    return connection.closed().thenApply(reason -> (Void) null);
                });
            case DialOutcome.Failed failed -> CompletableFuture.failedStage(new IOException(failed.line()));
            case DialOutcome.Gated gated -> CompletableFuture.failedStage(new IOException("gated"));
            case DialOutcome.Itself itself -> CompletableFuture.failedStage(new IOException("that is ourselves"));
        });
    }

    @Override
    public void close() {
        try {
            host.close(Duration.ZERO);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
