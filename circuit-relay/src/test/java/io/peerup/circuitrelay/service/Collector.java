package io.peerup.circuitrelay.service;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.io.ByteArrayOutputStream;
import java.util.concurrent.CompletableFuture;

/** Keeps what a stream delivers, until its end. */
final class Collector extends SimpleChannelInboundHandler<ByteBuf> {
    final CompletableFuture<byte[]> all = new CompletableFuture<>();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, ByteBuf message) {
        bytes.writeBytes(ByteBufUtil.getBytes(message));
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            all.complete(bytes.toByteArray());
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        all.completeExceptionally(new IllegalStateException("ended after " + bytes.size() + " bytes"));
    }
}
