package io.peerup.node.api.server.netty;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import io.peerup.node.api.ApiProblem;
import io.peerup.node.api.ApiProblem.Kind;
import io.peerup.node.api.server.calls.Answer;
import io.peerup.node.api.server.calls.ApiRequest;
import io.peerup.node.api.server.calls.Calls;
import io.peerup.swarm.strands.Strands.Strand;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A client's connection: one call at a time, and the call ends with the connection. While a call is under way one
 * request more is read ahead and then no more, so a client that pipelines costs no memory; one that does so into a
 * stream is cut off, for we would not see it go away.
 */
final class ApiConnection extends ChannelInboundHandlerAdapter {
    /** From the end of one request, or the start of the connection, a client has this long to send a whole one. */
    static final int READ_TIMEOUT_SECONDS = 30;

    /** What one read may hold beyond the request that stopped the reading. */
    private static final int MAX_WAITING = 16;

    private static final Answer FULL =
            Answer.problem(new ApiProblem(Kind.UNAVAILABLE, "too many connections; close some and try again"));
    private static final Answer BAD_TARGET =
            Answer.problem(new ApiProblem(Kind.INVALID, "the path or query is badly escaped"));

    private static final Logger LOG = LoggerFactory.getLogger(ApiConnection.class);

    private final Channel channel;
    private final Calls calls;
    private final OpenConnections connections;
    private final Queue<FullHttpRequest> waiting = new ArrayDeque<>();
    private @Nullable Strand<?> call;
    private @Nullable Future<?> deadline;
    private boolean streaming;

    ApiConnection(Channel channel, Calls calls, OpenConnections connections) {
        this.channel = channel;
        this.calls = calls;
        this.connections = connections;
    }

    /** Whether nobody waits for anything here. */
    boolean isIdle() {
        return call == null;
    }

    void close() {
        channel.close();
    }

    void closeAfterWrites() {
        channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    }

    /** The answer to the call under way has become a stream. */
    void streamOpened() {
        streaming = true;
        if (!waiting.isEmpty()) {
            close();
        }
    }

    /** The call under way has been answered. */
    void answered(boolean keepAlive) {
        call = null;
        streaming = false;
        FullHttpRequest next = waiting.poll();
        if (!keepAlive) {
            ReferenceCountUtil.release(next);
            closeAfterWrites();
        } else if (next != null) {
            begin(next);
        } else {
            channel.config().setAutoRead(true);
            expectRequest();
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        if (connections.admit(this)) {
            expectRequest();
        } else {
            refuse(FULL);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        FullHttpRequest request = (FullHttpRequest) message;
        if (call == null) {
            begin(request);
        } else if (streaming || waiting.size() == MAX_WAITING) {
            request.release();
            close();
        } else {
            waiting.add(request);
            channel.config().setAutoRead(false);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        connections.remove(this);
        stopExpecting();
        if (call != null) {
            call.cancel();
        }
        waiting.forEach(ReferenceCountUtil::release);
        waiting.clear();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        LOG.debug("a client's connection failed", cause);
        close();
    }

    private void begin(FullHttpRequest request) {
        stopExpecting();
        boolean chunks = request.protocolVersion().isKeepAliveDefault();
        boolean keepAlive = chunks && HttpUtil.isKeepAlive(request);
        try {
            ApiRequest asked = Http.request(request);
            call = calls.start(asked, new ChannelReply(channel, this, chunks, keepAlive));
        } catch (IllegalArgumentException badTarget) {
            refuse(BAD_TARGET);
        } catch (IllegalStateException closed) {
            refuse(Answer.STOPPING);
        } finally {
            request.release();
        }
    }

    private void refuse(Answer answer) {
        channel.writeAndFlush(Http.response(answer, false)).addListener(ChannelFutureListener.CLOSE);
    }

    private void expectRequest() {
        deadline = channel.eventLoop().schedule(this::close, READ_TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }

    private void stopExpecting() {
        if (deadline != null) {
            deadline.cancel(false);
            deadline = null;
        }
    }
}
