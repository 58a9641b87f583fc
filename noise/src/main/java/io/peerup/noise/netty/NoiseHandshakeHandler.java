package io.peerup.noise.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.peerup.noise.NoiseHandshake;
import io.peerup.noise.NoiseHandshake.Established;
import io.peerup.noise.NoiseHandshake.Step;
import io.peerup.noise.NoiseRule;
import io.peerup.swarm.SecureChannel.Secured;
import io.peerup.wire.ProtocolViolation;
import java.nio.channels.ClosedChannelException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Carries handshake messages, each behind its length in two bytes, and makes room for the transport when it is done.
 * What follows the last message in the same packet goes to the transport.
 */
final class NoiseHandshakeHandler extends ByteToMessageDecoder {
    static final int LENGTH_BYTES = 2;

    private final Optional<byte[]> first;
    private final CompletableFuture<Secured> secured;
    private NoiseHandshake handshake;

    private NoiseHandshakeHandler(
            Optional<byte[]> first, NoiseHandshake handshake, CompletableFuture<Secured> secured) {
        this.first = first;
        this.handshake = handshake;
        this.secured = secured;
    }

    static NoiseHandshakeHandler initiator(Step.Reply begun, CompletableFuture<Secured> secured) {
        return new NoiseHandshakeHandler(Optional.of(begun.message()), begun.next(), secured);
    }

    static NoiseHandshakeHandler responder(NoiseHandshake begun, CompletableFuture<Secured> secured) {
        return new NoiseHandshakeHandler(Optional.empty(), begun, secured);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        first.ifPresent(message -> send(ctx, message));
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        if (secured.isDone()) {
            in.skipBytes(in.readableBytes());
            return;
        }
        try {
            receive(ctx, in);
        } catch (ProtocolViolation violation) {
            in.skipBytes(in.readableBytes());
            secured.completeExceptionally(violation);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) throws Exception {
        secured.completeExceptionally(new ClosedChannelException());
        super.channelInactive(ctx);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        secured.completeExceptionally(cause);
    }

    private void receive(ChannelHandlerContext ctx, ByteBuf in) throws ProtocolViolation {
        if (in.readableBytes() < LENGTH_BYTES) {
            return;
        }
        int length = in.getUnsignedShort(in.readerIndex());
        if (length > NoiseHandshake.MAX_MESSAGE_BYTES) {
            throw new ProtocolViolation(NoiseRule.HANDSHAKE_LENGTH, length + " bytes in a handshake message");
        }
        if (in.readableBytes() < LENGTH_BYTES + length) {
            return;
        }
        byte[] message = new byte[length];
        in.skipBytes(LENGTH_BYTES).readBytes(message);
        switch (handshake.receive(message)) {
            case Step.Reply(byte[] reply, NoiseHandshake next) -> {
                handshake = next;
                send(ctx, reply);
            }
            case Step.Done(Optional<byte[]> last, Established established) -> {
                last.ifPresent(reply -> send(ctx, reply));
                conclude(ctx, established);
            }
        }
    }

    private void conclude(ChannelHandlerContext ctx, Established established) {
        ctx.pipeline().addAfter(ctx.name(), null, new NoiseTransportHandler(established.send(), established.receive()));
        secured.complete(new Secured(established.remotePeer(), established.remoteKey(), established.muxer()));
        if (!ctx.isRemoved()) {
            ctx.pipeline().remove(this);
        }
    }

    private static void send(ChannelHandlerContext ctx, byte[] message) {
        ByteBuf out = ctx.alloc().buffer(LENGTH_BYTES + message.length);
        out.writeShort(message.length).writeBytes(message);
        ctx.writeAndFlush(out);
    }
}
