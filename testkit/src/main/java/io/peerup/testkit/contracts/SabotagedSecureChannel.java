package io.peerup.testkit.contracts;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.peerup.swarm.ProtocolId;
import io.peerup.swarm.Role;
import io.peerup.swarm.SecureChannel;
import io.peerup.wire.Identity;
import io.peerup.wire.PeerId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** A security protocol with one thing wrong, to see that {@link SecureChannelContract} notices. */
public final class SabotagedSecureChannel implements SecureChannel {
    private final SecureChannel honest;
    private final Sabotage sabotage;

    /** Spoils an honest protocol. */
    public SabotagedSecureChannel(SecureChannel honest, Sabotage sabotage) {
        this.honest = honest;
        this.sabotage = sabotage;
    }

    /** What is wrong. */
    public enum Sabotage {
        /** Whoever is there counts as the one who was expected. */
        LISTENER_LETS_ANYBODY_IN("aListenerRefusesSomebodyElse"),
        /** A muxer that the other side never offered. */
        MUXER_OF_OUR_OWN_CHOICE("withoutACommonMuxerNoneIsAgreedOn"),
        /** The peer that was expected, not the one that was proven. */
        NAMES_SOMEBODY_ELSE("bothLearnWhoIsThere"),
        /** Small writes wait for more. */
        FLUSH_IS_FORGOTTEN("aSmallWriteIsSentWhenItIsFlushed"),
        /** Plaintext goes out as it is, after a copy that nobody asked for. */
        PLAINTEXT_LEAKS("plaintextIsNotOnTheWire"),
        /** Every end of the channel is called a clean one. */
        EVERY_END_IS_CLEAN("anEndInTheMiddleOfAMessageDeliversNothingOfItAndIsNoCleanEnd");

        private final String noticedBy;

        Sabotage(String noticedBy) {
            this.noticedBy = noticedBy;
        }

        /** The test of the contract that must not pass then; others may not either. */
        public String noticedBy() {
            return noticedBy;
        }
    }

    @Override
    public ProtocolId id() {
        return honest.id();
    }

    @Override
    public CompletionStage<Secured> secure(Channel raw, Role role, Optional<PeerId> expected, List<ProtocolId> muxers) {
        if (sabotage == Sabotage.PLAINTEXT_LEAKS) {
            raw.pipeline().addLast(new WritesBelow());
        }
        boolean letsIn = sabotage == Sabotage.LISTENER_LETS_ANYBODY_IN && role == Role.RESPONDER;
        return honest.secure(raw, role, letsIn ? Optional.empty() : expected, muxers)
                .thenApply(secured -> {
                    spoil(raw);
                    return switch (sabotage) {
                        case MUXER_OF_OUR_OWN_CHOICE ->
                            new Secured(
                                    secured.remotePeer(),
                                    secured.remoteKey(),
                                    muxers.stream().findFirst());
                        case NAMES_SOMEBODY_ELSE ->
                            new Secured(Identity.generate().peerId(), secured.remoteKey(), secured.muxer());
                        case LISTENER_LETS_ANYBODY_IN, FLUSH_IS_FORGOTTEN, PLAINTEXT_LEAKS, EVERY_END_IS_CLEAN ->
                            secured;
                    };
                });
    }

    private void spoil(Channel channel) {
        if (sabotage == Sabotage.FLUSH_IS_FORGOTTEN) {
            channel.pipeline().addLast(new ChannelOutboundHandlerAdapter() {
                @Override
                public void flush(ChannelHandlerContext ctx) {}
            });
        } else if (sabotage == Sabotage.EVERY_END_IS_CLEAN) {
            channel.pipeline().addLast(new ChannelInboundHandlerAdapter() {
                @Override
                public void channelInactive(ChannelHandlerContext ctx) {
                    ctx.fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
                    ctx.fireChannelInactive();
                }
            });
        } else if (sabotage == Sabotage.PLAINTEXT_LEAKS) {
            ChannelHandlerContext below = channel.pipeline().context(WritesBelow.class);
            channel.pipeline().addLast(new ChannelOutboundHandlerAdapter() {
                @Override
                public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
                    below.write(Unpooled.copiedBuffer((ByteBuf) message));
                    ctx.write(message, promise);
                }
            });
        }
    }

    /** A place below the protocol. */
    private static final class WritesBelow extends ChannelInboundHandlerAdapter {}
}
