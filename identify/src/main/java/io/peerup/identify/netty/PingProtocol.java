package io.peerup.identify.netty;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.timeout.ReadTimeoutHandler;
import io.peerup.swarm.Connection;
import io.peerup.swarm.MuxedStream;
import io.peerup.swarm.ProtocolId;
import io.peerup.swarm.StreamLimits;
import io.peerup.swarm.StreamProtocol;

/**
 * Ping, answering: every byte comes back, for as many rounds as the peer likes, until it finishes or is silent for a
 * minute. Spec: libp2p/specs ping/ping.md (snapshot 7740c07).
 */
public final class PingProtocol implements StreamProtocol {
    /** The name of the protocol. */
    public static final ProtocolId ID = ProtocolId.of("/ipfs/ping/1.0.0");

    private static final int MAX_SILENCE_SECONDS = 60;
    private static final StreamLimits LIMITS = new StreamLimits(4);

    @Override
    public ProtocolId id() {
        return ID;
    }

    @Override
    public boolean allowedOnLimitedConnections() {
        return true;
    }

    @Override
    public StreamLimits limits() {
        return LIMITS;
    }

    @Override
    public void attach(MuxedStream stream, Connection connection) {
        stream.channel()
                .pipeline()
                .addLast(new ReadTimeoutHandler(MAX_SILENCE_SECONDS))
                .addLast(new Echo(stream));
    }

    private static final class Echo extends ChannelInboundHandlerAdapter {
        private final MuxedStream stream;

        Echo(MuxedStream stream) {
            this.stream = stream;
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object bytes) {
            ctx.write(bytes);
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext ctx) {
            ctx.flush();
            readWhileTheEchoIsTaken(ctx);
        }

        @Override
        public void channelWritabilityChanged(ChannelHandlerContext ctx) {
            readWhileTheEchoIsTaken(ctx);
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
            if (event instanceof ChannelInputShutdownEvent) {
                stream.finish();
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            stream.reset(0);
        }

        private static void readWhileTheEchoIsTaken(ChannelHandlerContext ctx) {
            ctx.channel().config().setAutoRead(ctx.channel().isWritable());
        }
    }
}
