package io.peerup.node.api.server.calls;

import io.peerup.node.api.ApiProblem;
import io.peerup.node.api.Json;
import java.util.concurrent.CompletionStage;

/**
 * What was answered so far, so that a problem is told in the form that still fits, and not at all after the end. For one
 * thread at a time.
 */
final class Response {
    private final Reply reply;
    private boolean begun;
    private boolean over;

    Response(Reply reply) {
        this.reply = reply;
    }

    CompletionStage<?> whole(Answer answer) {
        over = true;
        return reply.whole(answer);
    }

    /** One more line; the first begins the answer. */
    CompletionStage<?> line(String line) {
        if (!begun) {
            begun = true;
            reply.open();
        }
        return reply.line(line);
    }

    boolean keepsUp() {
        return reply.keepsUp();
    }

    /** Ends the lines, of which there was at least one. */
    void end() {
        if (!begun) {
            throw new IllegalStateException("nothing was begun");
        }
        over = true;
        reply.end();
    }

    /** An answer of its own, or the last line. */
    void problem(ApiProblem problem) {
        if (over) {
            return;
        }
        if (begun) {
            line(Json.error(problem.line()));
            end();
        } else {
            whole(Answer.problem(problem));
        }
    }
}
