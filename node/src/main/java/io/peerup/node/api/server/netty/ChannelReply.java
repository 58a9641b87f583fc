package io.peerup.node.api.server.netty;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import io.peerup.node.api.server.calls.Answer;
import io.peerup.node.api.server.calls.Reply;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Writes the answer to one request, from the strand of its call. Netty counts what is handed to the loop as soon as it
 * is handed over, so {@link #keepsUp} is true to the moment.
 */
final class ChannelReply implements Reply {
    private final Channel channel;
    private final ApiConnection connection;
    private final boolean chunks;
    private final boolean keepAlive;

    ChannelReply(Channel channel, ApiConnection connection, boolean chunks, boolean keepAlive) {
        this.channel = channel;
        this.connection = connection;
        this.chunks = chunks;
        this.keepAlive = keepAlive;
    }

    @Override
    public CompletionStage<?> whole(Answer answer) {
        CompletionStage<?> sent = stage(channel.writeAndFlush(Http.response(answer, keepAlive)));
        channel.eventLoop().execute(() -> connection.answered(keepAlive));
        return sent;
    }

    @Override
    public void open() {
        channel.write(Http.stream(chunks, keepAlive));
        channel.eventLoop().execute(connection::streamOpened);
    }

    @Override
    public CompletionStage<?> line(String line) {
        return stage(
                channel.writeAndFlush(new DefaultHttpContent(Unpooled.copiedBuffer(line, StandardCharsets.UTF_8))));
    }

    @Override
    public boolean keepsUp() {
        return channel.isWritable();
    }

    @Override
    public void end() {
        channel.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT);
        channel.eventLoop().execute(() -> connection.answered(keepAlive));
    }

    private static CompletionStage<?> stage(ChannelFuture written) {
        CompletableFuture<@Nullable Void> stage = new CompletableFuture<>();
        written.addListener(done -> {
            if (done.isSuccess()) {
                stage.complete(null);
            } else {
                stage.completeExceptionally(done.cause());
            }
        });
        return stage;
    }
}
