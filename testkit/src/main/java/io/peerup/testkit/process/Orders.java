package io.peerup.testkit.process;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.peerup.swarm.OneLine;
import io.peerup.wire.Multiaddr;
import io.peerup.wire.PeerId;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** The other end of a {@link PeerProcess} in Java: reads orders from standard input, answers on standard output. */
public final class Orders {
    private final Map<String, Order> known;

    private Orders(Map<String, Order> known) {
        this.known = known;
    }

    /** What a command does; on a virtual thread of its own. */
    @FunctionalInterface
    public interface Order {
        /** Returns the fields of the answer. */
        JsonObject run(JsonObject request) throws Exception;
    }

    /** Says that this peer is ready. */
    public static void ready(PeerId peer, List<Multiaddr> addresses) {
        JsonObject ready = event("ready");
        ready.addProperty("peer", peer.toString());
        ready.add("addrs", PeerProcess.texts(addresses));
        ready.addProperty("version", "ours");
        print(ready);
    }

    /** An event without fields yet. */
    public static JsonObject event(String name) {
        JsonObject event = new JsonObject();
        event.addProperty("event", name);
        return event;
    }

    /** Says something. */
    public static synchronized void print(JsonObject line) {
        System.out.println(line);
    }

    /** Carries out what is asked, each beside the others, until the input ends. */
    public static void obey(Map<String, Order> known) throws IOException {
        Orders orders = new Orders(known);
        BufferedReader requests = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = requests.readLine(); line != null; line = requests.readLine()) {
            JsonObject request = JsonParser.parseString(line).getAsJsonObject();
            Thread.ofVirtual().start(() -> orders.answer(request));
        }
    }

    private void answer(JsonObject request) {
        JsonObject answer;
        try {
            Order order = known.get(request.get("cmd").getAsString());
            if (order == null) {
                throw new IOException("unknown command " + request.get("cmd"));
            }
            answer = order.run(request);
            answer.addProperty("ok", true);
        } catch (Exception failed) {
            answer = new JsonObject();
            answer.addProperty("ok", false);
            answer.addProperty("error", OneLine.of(failed));
        }
        answer.add("id", request.get("id"));
        print(answer);
    }
}
