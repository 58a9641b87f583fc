package io.peerup.node.proxy;

import io.peerup.node.reach.Remedy;
import io.peerup.swarm.Connection;
import io.peerup.swarm.Connection.LimitedConnections;
import io.peerup.swarm.DialOutcome;
import io.peerup.swarm.ProtocolId;
import io.peerup.swarm.StreamRefused;
import io.peerup.swarm.StreamRefused.Cause;
import io.peerup.swarm.Swarm;
import io.peerup.wire.PeerId;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Opens streams over the best connection of a swarm, also over one that a relay limits. */
public record SwarmStreamOpener(Swarm swarm, PeerId peer, ProtocolId protocol, String service) implements StreamOpener {
    @Override
    public CompletionStage<?> open(Attachment attachment) {
        return swarm.connect(peer).thenCompose(outcome -> switch (outcome) {
            case DialOutcome.Connected(Connection connection, boolean fresh) -> open(connection, attachment);
            case DialOutcome.Failed failed ->
                CompletableFuture.failedStage(new StreamRefused(Cause.NOT_CONNECTED, failed.line()));
            case DialOutcome.Itself itself ->
                denied(peer.shortId() + " is this node itself; connect to its service " + service + " directly");
            case DialOutcome.Gated gated ->
                denied(peer.shortId() + " is not authorised on this node; add it with: peerup auth add " + peer);
        });
    }

    private CompletionStage<Boolean> open(Connection connection, Attachment attachment) {
        return connection
                .openStream(List.of(protocol), LimitedConnections.ALLOWED, opened -> {
                    swarm.protections()
                            .protectWhile(
                                    peer,
                                    ServiceProtocol.IN_USE,
                                    opened.stream().closed());
                    attachment.attach(opened.stream(), connection);
                    return true;
                })
                .exceptionally(failure -> {
                    throw new CompletionException(explain(failure));
                });
    }

    private @Nullable Throwable explain(Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        if (!(cause instanceof StreamRefused refused)) {
            return cause;
        }
        return switch (refused.reason()) {
            case PROTOCOL_NOT_SUPPORTED -> new ServiceDenied(noSuchService());
            case CONNECTION_CLOSED ->
                new StreamRefused(Cause.CONNECTION_CLOSED, peer.shortId() + " hung up" + Remedy.atPeer(swarm.self()));
            case LIMITED_CONNECTION, TOO_MANY_STREAMS, RESET, TIMED_OUT, NOT_CONNECTED -> cause;
        };
    }

    private String noSuchService() {
        return peer.shortId() + " offers no service " + service + " (" + protocol + ")";
    }

    private static CompletionStage<Boolean> denied(String why) {
        return CompletableFuture.failedStage(new ServiceDenied(why));
    }
}
