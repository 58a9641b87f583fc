package io.peerup.benchmarks;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;

/** What was measured, for programs: every sample of every lane. */
final class JsonReport {
    private JsonReport() {}

    static String of(Machine machine, List<Measured> all) {
        JsonObject report = new JsonObject();
        report.addProperty("machine", machine.line());
        report.addProperty("congestionControl", machine.congestionControl());
        report.addProperty("idleBefore", machine.idle());
        JsonArray lines = new JsonArray();
        all.forEach(measured -> lines.add(line(measured)));
        report.add("lines", lines);
        return new GsonBuilder().setPrettyPrinting().create().toJson(report) + "\n";
    }

    private static JsonObject line(Measured measured) {
        JsonObject line = new JsonObject();
        line.addProperty("line", measured.line().name());
        line.addProperty("quietRounds", measured.quietRounds());
        line.addProperty("rounds", measured.roundCount());
        line.addProperty("workUnit", measured.line().workUnit());
        JsonArray metrics = new JsonArray();
        for (int index = 0; index < measured.line().metrics().size(); index++) {
            metrics.add(metric(measured, index));
        }
        line.add("metrics", metrics);
        JsonObject lanes = new JsonObject();
        measured.rounds().forEach((lane, samples) -> {
            JsonObject all = new JsonObject();
            Sample cold = measured.cold().get(lane);
            if (cold != null) {
                all.add("cold", sample(cold));
            }
            JsonArray rounds = new JsonArray();
            samples.forEach(sample -> rounds.add(sample(sample)));
            all.add("rounds", rounds);
            lanes.add(lane, all);
        });
        line.add("lanes", lanes);
        return line;
    }

    private static JsonObject metric(Measured measured, int index) {
        Metric metric = measured.line().metrics().get(index);
        JsonObject json = new JsonObject();
        json.addProperty("metric", metric.name());
        json.addProperty("unit", metric.unit());
        json.addProperty("yardstick", measured.yardstick());
        JsonObject medians = new JsonObject();
        JsonObject ratios = new JsonObject();
        for (String lane : measured.rounds().keySet()) {
            medians.addProperty(lane, measured.series(lane, index).median());
            ratios.addProperty(lane, measured.ratio(lane, index));
        }
        json.add("median", medians);
        json.add("ratio", ratios);
        metric.goal().ifPresent(goal -> {
            json.addProperty("goal", goal.toString());
            json.addProperty("met", goal.isMetBy(measured.ratio(measured.ours(), index)));
        });
        return json;
    }

    private static JsonObject sample(Sample sample) {
        JsonObject json = new JsonObject();
        JsonArray values = new JsonArray();
        for (double value : sample.values()) {
            values.add(value);
        }
        json.add("values", values);
        json.addProperty("work", sample.work());
        json.addProperty("others", sample.others());
        JsonObject processor = new JsonObject();
        sample.processorSeconds().forEach(processor::addProperty);
        json.add("processorSeconds", processor);
        return json;
    }
}
