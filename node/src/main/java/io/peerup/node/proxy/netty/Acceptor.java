package io.peerup.node.proxy.netty;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.SocketChannel;
import io.peerup.swarm.limits.Admission;
import io.peerup.swarm.limits.Refusal;
import io.peerup.swarm.limits.ResourceScopes;
import io.peerup.swarm.limits.SocketScope;
import java.io.IOException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands accepted clients on without registering them, since their loop is not known before their stream. */
final class Acceptor extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(Acceptor.class);

    private final ResourceScopes resources;
    private final Consumer<ArrivedClient> arrived;

    Acceptor(ResourceScopes resources, Consumer<ArrivedClient> arrived) {
        this.resources = resources;
        this.arrived = arrived;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        SocketChannel accepted = (SocketChannel) message;
        switch (resources.openSocket()) {
            case Admission.Granted<SocketScope>(SocketScope scope) -> take(ctx, new ArrivedClient(accepted, scope));
            case Admission.Refused<SocketScope>(Refusal why) -> {
                TcpSocket.prepare(accepted);
                accepted.unsafe().closeForcibly();
                ctx.fireExceptionCaught(new IOException(why.line()));
            }
        }
    }

    private void take(ChannelHandlerContext ctx, ArrivedClient client) {
        try {
            arrived.accept(client);
        } catch (RuntimeException bug) {
            LOG.error("a client of {} was dropped", ctx.channel().localAddress(), bug);
            client.reset();
        }
    }
}
