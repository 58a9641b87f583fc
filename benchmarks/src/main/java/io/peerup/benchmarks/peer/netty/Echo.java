package io.peerup.benchmarks.peer.netty;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.peerup.swarm.Connection;
import io.peerup.swarm.MuxedStream;
import io.peerup.swarm.ProtocolId;
import io.peerup.swarm.StreamLimits;
import io.peerup.swarm.StreamProtocol;

/** Sends back what arrives and ends when the other side ends; go-peer serves the same under this name. */
public final class Echo implements StreamProtocol {
    /** Its name. */
    public static final ProtocolId PROTOCOL = ProtocolId.of("/peerup-test/echo/1.0.0");

    @Override
    public ProtocolId id() {
        return PROTOCOL;
    }

    @Override
    public boolean allowedOnLimitedConnections() {
        return true;
    }

    @Override
    public StreamLimits limits() {
        return new StreamLimits(100_000);
    }

    @Override
    public void attach(MuxedStream stream, Connection connection) {
        stream.channel().pipeline().addLast(new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext ctx, Object message) {
                ctx.write(message);
            }

            @Override
            public void channelReadComplete(ChannelHandlerContext ctx) {
                ctx.flush();
            }

            @Override
            public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
                if (event instanceof ChannelInputShutdownEvent) {
                    ctx.flush();
                    stream.finish();
                }
            }
        });
    }
}
