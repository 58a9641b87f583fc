package io.peerup.node.api.client;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import io.peerup.node.api.ApiFiles;
import io.peerup.node.api.ApiProblem;
import io.peerup.node.api.ApiProblem.Kind;
import io.peerup.node.api.ConnectRequest;
import io.peerup.node.api.DaemonApi;
import io.peerup.node.api.DaemonStatus;
import io.peerup.node.api.Json;
import io.peerup.node.api.OpenedProxy;
import io.peerup.node.api.PeerEntry;
import io.peerup.node.api.PingListener;
import io.peerup.node.api.PingRequest;
import io.peerup.node.api.PingResult;
import io.peerup.node.api.PingStats;
import io.peerup.node.api.ProxyEntry;
import io.peerup.node.api.ProxyEvent;
import io.peerup.node.api.ProxyListener;
import io.peerup.node.api.ServiceEntry;
import io.peerup.node.api.client.DaemonCall.Question;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The daemon of a directory, talked to through its socket. For any thread. A call that is interrupted closes its
 * connection, and thereby ends at the daemon, too; so does the death of this process.
 */
public final class DaemonClient implements DaemonApi {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration FOR_EVER = Duration.ZERO;

    private final Exchange exchange;

    private DaemonClient(Exchange exchange) {
        this.exchange = exchange;
    }

    /**
     * Looks for a daemon.
     *
     * @param directory of its configuration file
     * @return empty when none is running there
     * @throws ApiProblem when one is running but is not for us to talk to
     */
    public static Optional<DaemonClient> connect(Path directory) throws ApiProblem {
        Exchange exchange = new Exchange(new ApiFiles(directory));
        return exchange.isAnybodyThere() ? Optional.of(new DaemonClient(exchange)) : Optional.empty();
    }

    @Override
    public DaemonStatus status() throws ApiProblem {
        return value(ask("GET", "/v1/status", ""), DaemonStatus.class);
    }

    @Override
    public List<ServiceEntry> services() throws ApiProblem {
        return list(ask("GET", "/v1/services", ""), ServiceEntry.class);
    }

    @Override
    public List<PeerEntry> peers(boolean all) throws ApiProblem {
        return list(ask("GET", all ? "/v1/peers?all=true" : "/v1/peers", ""), PeerEntry.class);
    }

    @Override
    public List<ProxyEntry> proxies() throws ApiProblem {
        return list(ask("GET", "/v1/connect", ""), ProxyEntry.class);
    }

    @Override
    public void disconnect(String id) throws ApiProblem {
        ask(
                "DELETE",
                "/v1/connect/" + URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20"),
                "");
    }

    @Override
    public void shutdown() throws ApiProblem {
        ask("POST", "/v1/shutdown", "");
    }

    @Override
    public OpenedProxy connect(ConnectRequest request) throws ApiProblem, InterruptedException {
        Question question = new Question("POST", "/v1/connect", Json.line(request));
        return value(exchange.ask(question, FOR_EVER), OpenedProxy.class);
    }

    @Override
    public PingStats ping(PingRequest request, PingListener listener) throws ApiProblem, InterruptedException {
        JsonObject body = Json.object(Json.line(request));
        body.addProperty("stream", true);
        try (LineStream lines = exchange.stream(new Question("POST", "/v1/ping", Json.line(body)))) {
            while (true) {
                JsonObject line = lines.require();
                if (line.has("sent")) {
                    return value(line, PingStats.class);
                }
                listener.result(value(line, PingResult.class));
            }
        }
    }

    @Override
    public void attach(ConnectRequest request, ProxyListener listener) throws ApiProblem, InterruptedException {
        JsonObject body = Json.object(Json.line(request));
        body.addProperty("attach", true);
        try (LineStream lines = exchange.stream(new Question("POST", "/v1/connect", Json.line(body)))) {
            listener.opened(value(lines.require().get("data"), OpenedProxy.class));
            for (Optional<JsonObject> line = lines.next(); line.isPresent(); line = lines.next()) {
                listener.event(value(line.get(), ProxyEvent.class));
            }
        }
    }

    private JsonElement ask(String method, String target, String body) throws ApiProblem {
        try {
            return exchange.ask(new Question(method, target, body), PATIENCE);
        } catch (InterruptedException givenUp) {
            Thread.currentThread().interrupt();
            throw new ApiProblem(Kind.UNAVAILABLE, "interrupted", givenUp);
        }
    }

    private static <T> List<T> list(JsonElement data, Class<T> type) throws ApiProblem {
        if (data.isJsonNull()) {
            return List.of();
        }
        if (!data.isJsonArray()) {
            throw Exchange.unintelligible(new JsonParseException("not a list"));
        }
        List<T> values = new ArrayList<>();
        for (JsonElement element : data.getAsJsonArray()) {
            values.add(value(element, type));
        }
        return values;
    }

    private static <T> T value(@Nullable JsonElement data, Class<T> type) throws ApiProblem {
        try {
            return Json.value(data, type);
        } catch (JsonParseException unknown) {
            throw Exchange.unintelligible(unknown);
        }
    }
}
