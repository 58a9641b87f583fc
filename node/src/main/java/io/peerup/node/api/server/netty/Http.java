package io.peerup.node.api.server.netty;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.peerup.node.api.server.calls.Answer;
import io.peerup.node.api.server.calls.ApiRequest;
import java.nio.charset.StandardCharsets;

/** From HTTP messages to the values of the calls, and back. */
final class Http {
    private Http() {}

    /**
     * Reads a request.
     *
     * @throws IllegalArgumentException when the target is badly escaped
     */
    static ApiRequest request(FullHttpRequest request) {
        QueryStringDecoder target = new QueryStringDecoder(request.uri());
        return new ApiRequest(
                request.method().name(),
                target.path(),
                target.parameters(),
                request.headers().get(HttpHeaderNames.ACCEPT, ""),
                request.content().toString(StandardCharsets.UTF_8));
    }

    static FullHttpResponse response(Answer answer, boolean keepAlive) {
        FullHttpResponse response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1,
                HttpResponseStatus.valueOf(answer.status()),
                Unpooled.copiedBuffer(answer.body(), StandardCharsets.UTF_8));
        response.headers().set(HttpHeaderNames.CONTENT_TYPE, answer.contentType());
        if (answer.allow() != null) {
            response.headers().set(HttpHeaderNames.ALLOW, answer.allow());
        }
        HttpUtil.setContentLength(response, response.content().readableBytes());
        keepAlive(response, keepAlive);
        return response;
    }

    /** The head of a stream; one that is not chunked ends with the connection. */
    static HttpResponse stream(boolean chunked, boolean keepAlive) {
        HttpResponse response = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
        response.headers().set(HttpHeaderNames.CONTENT_TYPE, Answer.JSON);
        HttpUtil.setTransferEncodingChunked(response, chunked);
        keepAlive(response, keepAlive);
        return response;
    }

    /** A client of HTTP/1.0 waits for the end of the connection unless it is told otherwise. */
    private static void keepAlive(HttpMessage response, boolean keepAlive) {
        response.headers()
                .set(HttpHeaderNames.CONNECTION, keepAlive ? HttpHeaderValues.KEEP_ALIVE : HttpHeaderValues.CLOSE);
    }
}
