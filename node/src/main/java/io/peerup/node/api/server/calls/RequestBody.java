package io.peerup.node.api.server.calls;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonPrimitive;
import io.peerup.node.api.ApiProblem;
import io.peerup.node.api.ApiProblem.Kind;
import io.peerup.node.api.Json;
import java.util.Optional;
import java.util.function.Predicate;

/** The JSON object of a request. Absent and null fields are as if empty, 0 or false; unknown ones are ignored. */
record RequestBody(JsonObject fields) {
    static RequestBody of(ApiRequest request) throws ApiProblem {
        try {
            return new RequestBody(Json.object(request.body()));
        } catch (JsonParseException malformed) {
            throw new ApiProblem(Kind.INVALID, "invalid request body", malformed);
        }
    }

    String text(String name) throws ApiProblem {
        return field(name, JsonPrimitive::isString, "a text")
                .map(JsonPrimitive::getAsString)
                .orElse("");
    }

    boolean flag(String name) throws ApiProblem {
        return field(name, JsonPrimitive::isBoolean, "true or false")
                .map(JsonPrimitive::getAsBoolean)
                .orElse(false);
    }

    int number(String name) throws ApiProblem {
        return field(name, RequestBody::isInt, "a whole number")
                .map(value -> value.getAsBigDecimal().intValueExact())
                .orElse(0);
    }

    private Optional<JsonPrimitive> field(String name, Predicate<JsonPrimitive> fits, String wanted) throws ApiProblem {
        JsonElement value = fields.get(name);
        if (value == null || value.isJsonNull()) {
            return Optional.empty();
        }
        if (value instanceof JsonPrimitive primitive && fits.test(primitive)) {
            return Optional.of(primitive);
        }
        throw new ApiProblem(Kind.INVALID, "invalid request body: " + name + " must be " + wanted);
    }

    private static boolean isInt(JsonPrimitive value) {
        try {
            return value.isNumber() && value.getAsBigDecimal().intValueExact() == value.getAsInt();
        } catch (ArithmeticException | NumberFormatException tooLarge) {
            return false;
        }
    }
}
