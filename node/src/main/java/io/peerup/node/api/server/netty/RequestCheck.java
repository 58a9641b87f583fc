package io.peerup.node.api.server.netty;

import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.util.ReferenceCountUtil;
import io.peerup.node.api.ApiProblem;
import io.peerup.node.api.ApiProblem.Kind;
import io.peerup.node.api.server.calls.Answer;
import java.util.function.Predicate;

/** Answers what is not HTTP and whoever does not know the cookie, and ends their connection. */
final class RequestCheck extends ChannelInboundHandlerAdapter {
    private static final Answer MALFORMED =
            Answer.problem(new ApiProblem(Kind.INVALID, "this is no HTTP request, or its headers are too long"));

    private final Predicate<String> authorized;
    private boolean refused;

    RequestCheck(Predicate<String> authorized) {
        this.authorized = authorized;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (refused) {
            ReferenceCountUtil.release(message);
        } else if (((HttpObject) message).decoderResult().isFailure()) {
            refuse(ctx, message, MALFORMED);
        } else if (message instanceof HttpRequest request && !knowsCookie(request)) {
            refuse(ctx, message, Answer.UNAUTHORIZED);
        } else {
            ctx.fireChannelRead(message);
        }
    }

    private boolean knowsCookie(HttpRequest request) {
        String header = request.headers().get(HttpHeaderNames.AUTHORIZATION);
        return header != null && authorized.test(header);
    }

    /** If a call is under way, its answer is lost with the connection: nobody mixes garbage into honest requests. */
    private void refuse(ChannelHandlerContext ctx, Object message, Answer answer) {
        refused = true;
        ReferenceCountUtil.release(message);
        ctx.writeAndFlush(Http.response(answer, false)).addListener(ChannelFutureListener.CLOSE);
    }
}
