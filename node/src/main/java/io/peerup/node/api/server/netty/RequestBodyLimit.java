package io.peerup.node.api.server.netty;

import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.peerup.node.api.ApiProblem;
import io.peerup.node.api.ApiProblem.Kind;
import io.peerup.node.api.server.calls.Answer;

/** Makes requests whole. One whose body is too long is answered as the original does, and ends the connection. */
final class RequestBodyLimit extends HttpObjectAggregator {
    private static final int MAX_BYTES = 1024 * 1024;
    private static final Answer TOO_LONG =
            Answer.problem(new ApiProblem(Kind.INVALID, "invalid request body: longer than " + MAX_BYTES + " bytes"));

    RequestBodyLimit() {
        super(MAX_BYTES);
    }

    @Override
    protected void handleOversizedMessage(ChannelHandlerContext ctx, HttpMessage oversized) {
        ctx.writeAndFlush(Http.response(TOO_LONG, false)).addListener(ChannelFutureListener.CLOSE);
    }
}
