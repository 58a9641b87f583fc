package io.peerup.swarm;

import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;
import io.peerup.swarm.limits.ConnectionScope;
import io.peerup.swarm.multistream.AnsweringHandler;
import io.peerup.swarm.multistream.NegotiationOutcome;
import io.peerup.swarm.multistream.ProposingHandler;
import io.peerup.wire.PeerId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One upgrade under way, step by step down the page, on the channel's event loop. */
final class Upgrade {
    private static final Logger LOG = LoggerFactory.getLogger(Upgrade.class);

    private final RawConnection raw;
    private final Channel channel;
    private final Role role;
    private final Optional<PeerId> expected;
    private final List<SecureChannel> securities;
    private final List<Muxer> muxers;
    private final ConnectionGater gater;
    private final Duration patience;
    private final ConnectionScope scope;
    private final CompletableFuture<UpgradedConnection> result;
    private UpgradeFailed.Stage stage = UpgradeFailed.Stage.SECURITY;
    private @Nullable Future<?> deadline;

    Upgrade(
            RawConnection raw,
            Role role,
            Optional<PeerId> expected,
            List<SecureChannel> securities,
            List<Muxer> muxers,
            ConnectionGater gater,
            Duration patience,
            ConnectionScope scope,
            CompletableFuture<UpgradedConnection> result) {
        this.raw = raw;
        this.channel = raw.channel();
        this.role = role;
        this.expected = expected;
        this.securities = securities;
        this.muxers = muxers;
        this.gater = gater;
        this.patience = patience;
        this.scope = scope;
        this.result = result;
    }

    void begin() {
        step(this::start);
    }

    private void start() {
        deadline = channel.eventLoop()
                .schedule(
                        () -> fail("nothing agreed within " + patience.toSeconds() + " s", null),
                        patience.toNanos(),
                        TimeUnit.NANOSECONDS);
        channel.closeFuture().addListener(closed -> fail("the connection was closed", null));
        step(() -> negotiate(securities.stream().map(SecureChannel::id).toList(), this::secure));
    }

    private void secure(ProtocolId agreed) {
        SecureChannel security = first(securities, agreed, SecureChannel::id);
        List<ProtocolId> muxerIds = muxers.stream().map(Muxer::id).toList();
        security.secure(channel, role, expected, muxerIds).whenComplete((secured, failure) -> {
            if (failure != null) {
                fail(OneLine.of(failure), failure);
            } else {
                step(() -> identify(security.id(), secured));
            }
        });
    }

    /** The handshake has checked this already; whoever plugs in one that forgets must not connect to a stranger. */
    private void identify(ProtocolId security, SecureChannel.Secured secured) {
        boolean meant = expected.isEmpty() || expected.get().equals(secured.remotePeer());
        if (!meant || !secured.remoteKey().peerId().equals(secured.remotePeer())) {
            fail("somebody else is there: " + secured.remoteKey().peerId(), null);
        } else {
            gate(security, secured);
        }
    }

    private void gate(ProtocolId security, SecureChannel.Secured secured) {
        stage = UpgradeFailed.Stage.GATE;
        if (!gater.allowsSecured(raw.direction(), secured.remotePeer(), raw.local(), raw.remote())) {
            fail(secured.remotePeer() + " is not let in", null);
            return;
        }
        stage = UpgradeFailed.Stage.MUXER;
        secured.muxer()
                .ifPresentOrElse(
                        early -> multiplex(security, secured, early, true),
                        () -> negotiate(
                                muxers.stream().map(Muxer::id).toList(),
                                agreed -> multiplex(security, secured, agreed, false)));
    }

    private void multiplex(ProtocolId security, SecureChannel.Secured secured, ProtocolId agreed, boolean early) {
        Muxer muxer = first(muxers, agreed, Muxer::id);
        MuxedConnection muxed = muxer.attach(channel, role, scope);
        muxed.closed().thenRun(scope::close);
        UpgradedConnection upgraded = new UpgradedConnection(
                secured.remotePeer(),
                secured.remoteKey(),
                raw.direction(),
                role,
                raw.local(),
                raw.remote(),
                raw.limit(),
                security,
                muxer.id(),
                early,
                channel.eventLoop(),
                muxed,
                scope);
        stage = UpgradeFailed.Stage.GATE;
        if (!gater.allowsUpgraded(upgraded)) {
            muxed.close(ErrorCode.GATED.connectionCode());
            fail(secured.remotePeer() + " is not let in", null);
            return;
        }
        stopDeadline();
        if (!result.complete(upgraded)) {
            muxed.close(ErrorCode.NONE.connectionCode());
        }
    }

    private void negotiate(List<ProtocolId> ids, Consumer<ProtocolId> next) {
        NegotiationOutcome outcome = new NegotiationOutcome() {
            @Override
            public void agreed(ProtocolId protocol) {
                step(() -> next.accept(protocol));
            }

            @Override
            public void failed(Exception why) {
                fail(OneLine.of(why), why);
            }
        };
        channel.pipeline()
                .addLast(
                        switch (role) {
                            case INITIATOR -> new ProposingHandler(ids, patience, outcome);
                            case RESPONDER -> new AnsweringHandler(ids::contains, patience, outcome);
                        });
    }

    /** Does nothing once the upgrade is over: a channel may go on for a while after it was closed. */
    private void step(Runnable next) {
        if (result.isDone()) {
            return;
        }
        try {
            next.run();
        } catch (RuntimeException | OutOfMemoryError bug) {
            LOG.error("an upgrade with {} failed", raw.remote(), bug);
            fail(OneLine.of(bug), bug);
        }
    }

    private void fail(String why, @Nullable Throwable cause) {
        stopDeadline();
        if (result.isDone()) {
            return;
        }
        result.completeExceptionally(
                cause == null ? new UpgradeFailed(stage, why) : new UpgradeFailed(stage, why, cause));
        channel.close();
    }

    private void stopDeadline() {
        if (deadline != null) {
            deadline.cancel(false);
        }
    }

    private static <T> T first(List<T> candidates, ProtocolId id, Function<T, ProtocolId> name) {
        return candidates.stream()
                .filter(candidate -> name.apply(candidate).equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(id + " was agreed on but never offered"));
    }
}
