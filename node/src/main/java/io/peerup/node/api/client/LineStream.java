package io.peerup.node.api.client;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import io.peerup.node.api.ApiProblem;
import io.peerup.node.api.ApiProblem.Kind;
import io.peerup.node.api.Json;
import java.io.IOException;
import java.util.Optional;

/** An answer that goes on: one object of JSON after the other. Closing it lets the daemon stop. */
record LineStream(Exchange exchange, DaemonCall call) implements AutoCloseable {
    /** The next object; empty at the end. Throws what the daemon says went wrong. */
    Optional<JsonObject> next() throws ApiProblem, InterruptedException {
        try {
            Optional<String> line = call.line();
            return line.isPresent() ? Optional.of(object(line.get())) : Optional.empty();
        } catch (IOException broken) {
            throw exchange.lost(broken);
        }
    }

    /** The next object, where the end would be too early. */
    JsonObject require() throws ApiProblem, InterruptedException {
        Optional<JsonObject> next = next();
        if (next.isEmpty()) {
            throw exchange.lost(new IOException("it broke off"));
        }
        return next.get();
    }

    @Override
    public void close() {
        try {
            call.close();
        } catch (IOException goneAlready) {
            // that is what was wanted
        }
    }

    private static JsonObject object(String line) throws ApiProblem {
        try {
            JsonObject object = Json.object(line);
            if (object.size() == 1 && object.has("error")) {
                throw new ApiProblem(Kind.FAILED, object.get("error").getAsString());
            }
            return object;
        } catch (JsonParseException | UnsupportedOperationException | IllegalStateException garbage) {
            throw Exchange.unintelligible(garbage);
        }
    }
}
