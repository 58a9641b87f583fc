package io.peerup.node.api.server.calls;

import io.peerup.node.api.ApiProblem;
import io.peerup.node.api.ApiProblem.Kind;
import io.peerup.node.api.Json;
import org.jspecify.annotations.Nullable;

/**
 * A whole answer.
 *
 * @param allow the methods that a path knows, where the one asked for is none of them
 */
public record Answer(
        int status,
        String contentType,
        String body,
        @Nullable String allow) {
    /** Of all answers that are JSON, streams too. */
    public static final String JSON = "application/json";

    private static final String TEXT = "text/plain";
    private static final String GO_TEXT = "text/plain; charset=utf-8";
    private static final int OK = 200;
    private static final int METHOD_NOT_ALLOWED = 405;

    /** A request without the right cookie. */
    public static final Answer UNAUTHORIZED =
            problem(new ApiProblem(Kind.UNAUTHORIZED, "unauthorized: invalid or missing auth token"));

    /** The daemon is on its way out. */
    public static final Answer STOPPING = problem(new ApiProblem(Kind.UNAVAILABLE, "the daemon is stopping"));

    static final Answer NO_SUCH_PATH = new Answer(Kind.NOT_FOUND.status(), GO_TEXT, "404 page not found\n", null);

    /** What was asked for, as JSON. */
    static Answer data(Object value) {
        return new Answer(OK, JSON, Json.data(value), null);
    }

    /** The same for a person. */
    static Answer text(String text) {
        return new Answer(OK, TEXT, text, null);
    }

    /** Why it was not done. */
    public static Answer problem(ApiProblem problem) {
        return new Answer(problem.kind().status(), JSON, Json.error(problem.line()), null);
    }

    static Answer wrongMethod(String allowed) {
        return new Answer(METHOD_NOT_ALLOWED, GO_TEXT, "Method Not Allowed\n", allowed);
    }
}
