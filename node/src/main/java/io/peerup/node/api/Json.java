package io.peerup.node.api;

import com.google.gson.FieldNamingPolicy;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonPrimitive;
import com.google.gson.JsonSerializer;
import com.google.gson.Strictness;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The values of this package as JSON: snake_case names, numbers as Go writes them, nothing for what is absent. */
public final class Json {
    private static final JsonSerializer<Double> SHORTEST = (number, type, context) -> shortest(number);

    private static final Gson GSON = new GsonBuilder()
            .setFieldNamingPolicy(FieldNamingPolicy.LOWER_CASE_WITH_UNDERSCORES)
            .setStrictness(Strictness.STRICT)
            .disableHtmlEscaping()
            .registerTypeAdapter(double.class, SHORTEST)
            .registerTypeAdapter(Double.class, SHORTEST)
            .create();

    private Json() {}

    private record Data(Object data) {}

    private record Failure(String error) {}

    /** A value of this package, on one line with its end. */
    public static String line(Object value) {
        return GSON.toJson(value) + "\n";
    }

    /** {@code {"data":…}}, on one line with its end. */
    public static String data(Object value) {
        return line(new Data(value));
    }

    /** {@code {"error":"…"}}, on one line with its end. */
    public static String error(String line) {
        return line(new Failure(line));
    }

    /**
     * An object.
     *
     * @throws JsonParseException when the text is anything else
     */
    public static JsonObject object(String text) {
        JsonElement element = GSON.fromJson(text, JsonElement.class);
        if (element == null || !element.isJsonObject()) {
            throw new JsonParseException("not an object");
        }
        return element.getAsJsonObject();
    }

    /**
     * A value of this package.
     *
     * @throws JsonParseException when it is not one
     */
    public static <T> T value(@Nullable JsonElement element, Class<T> type) {
        T value;
        try {
            value = GSON.fromJson(element, type);
        } catch (JsonParseException notOne) {
            throw notOne;
        } catch (RuntimeException rejected) {
            throw new JsonParseException("not a " + type.getSimpleName(), rejected);
        }
        if (value == null) {
            throw new JsonParseException("no " + type.getSimpleName());
        }
        return value;
    }

    static <T> List<T> list(@Nullable List<T> list) {
        return list == null ? List.of() : List.copyOf(list);
    }

    private static JsonElement shortest(double number) {
        return new JsonPrimitive(
                new BigDecimal(BigDecimal.valueOf(number).stripTrailingZeros().toPlainString()));
    }
}
