package io.peerup.node.api.server.calls;

import io.peerup.node.api.ApiProblem;
import java.util.Optional;

/** What one method of one path does. */
interface Endpoint {
    /** Answers, or throws what remains to be told. */
    void serve(ApiRequest request, Response response) throws ApiProblem, InterruptedException;

    /** One whole answer. */
    @FunctionalInterface
    interface Whole {
        Answer answer(ApiRequest request) throws ApiProblem, InterruptedException;
    }

    static Endpoint whole(Whole whole) {
        return (request, response) -> response.whole(whole.answer(request));
    }

    /**
     * A path with its method.
     *
     * @param path may end in <code>/{id}</code>, which stands for any one segment
     */
    record Route(String method, String path, Endpoint endpoint) {
        private static final String ANY = "{id}";

        boolean isFor(String asked) {
            return prefix().map(prefix -> asked.startsWith(prefix)
                            && asked.length() > prefix.length()
                            && asked.indexOf('/', prefix.length()) < 0)
                    .orElseGet(() -> asked.equals(path));
        }

        private Optional<String> prefix() {
            return path.endsWith(ANY) ? Optional.of(path.substring(0, path.length() - ANY.length())) : Optional.empty();
        }
    }
}
