package io.peerup.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What was measured, for people: a table that is also Markdown. */
final class TextTable {
    private static final List<String> HEAD =
            List.of("Line", "Who", "Median", "Spread", "Cold", "Ratio", "Goal", "CPU per unit", "Quiet rounds");

    private TextTable() {}

    static String of(List<Measured> all) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEAD);
        all.forEach(measured -> rows.addAll(rows(measured)));
        return aligned(rows);
    }

    private static List<List<String>> rows(Measured measured) {
        List<List<String>> rows = new ArrayList<>();
        List<Metric> metrics = measured.line().metrics();
        for (int metric = 0; metric < metrics.size(); metric++) {
            for (String lane : measured.rounds().keySet()) {
                rows.add(row(measured, metrics.get(metric), metric, lane));
            }
        }
        return rows;
    }

    private static List<String> row(Measured measured, Metric metric, int index, String lane) {
        Series series = measured.series(lane, index);
        Sample cold = measured.cold().get(lane);
        return List.of(
                metric.name(),
                lane,
                figure(series.median()) + " " + metric.unit(),
                figure(series.least()) + "–" + figure(series.most()),
                cold == null ? "" : figure(cold.values()[index]),
                lane.equals(measured.yardstick()) ? "" : "%.2f".formatted(measured.ratio(lane, index)),
                lane.equals(measured.ours()) ? goal(measured, metric, index) : "",
                index == 0 ? processorTime(measured, lane) : "",
                measured.quietRounds() + " of " + measured.roundCount());
    }

    private static String goal(Measured measured, Metric metric, int index) {
        return metric.goal()
                .map(goal -> goal + (goal.isMetBy(measured.ratio(measured.ours(), index)) ? " met" : " MISSED"))
                .orElse("");
    }

    private static String processorTime(Measured measured, String lane) {
        List<Sample> samples = measured.counting(lane);
        Map<String, Double> perUnit = samples.getFirst().processorSeconds().keySet().stream()
                .sorted()
                .collect(Collectors.toMap(
                        part -> part,
                        part -> samples.stream()
                                        .mapToDouble(sample ->
                                                sample.processorSeconds().getOrDefault(part, 0.0))
                                        .sum()
                                / samples.stream().mapToDouble(Sample::work).sum(),
                        Double::sum,
                        TreeMap::new));
        if (perUnit.isEmpty()) {
            return "";
        }
        return perUnit.entrySet().stream()
                        .map(part -> part.getKey() + " " + seconds(part.getValue()))
                        .collect(Collectors.joining(", "))
                + " /" + measured.line().workUnit();
    }

    private static String seconds(double seconds) {
        if (seconds >= 0.1) {
            return figure(seconds) + " s";
        }
        return seconds >= 1e-4 ? figure(seconds * 1e3) + " ms" : figure(seconds * 1e6) + " µs";
    }

    /** Three digits that matter. */
    static String figure(double value) {
        double size = Math.abs(value);
        String pattern = size >= 100 || size == 0 ? "%.0f" : size >= 10 ? "%.1f" : "%.2f";
        return String.format(Locale.ROOT, pattern, value);
    }

    private static String aligned(List<List<String>> rows) {
        int[] widths = new int[HEAD.size()];
        for (List<String> row : rows) {
            for (int column = 0; column < widths.length; column++) {
                widths[column] = Math.max(widths[column], row.get(column).length());
            }
        }
        StringBuilder text = new StringBuilder();
        for (int row = 0; row < rows.size(); row++) {
            for (int column = 0; column < widths.length; column++) {
                String cell = rows.get(row).get(column);
                text.append("| ").append(cell).append(" ".repeat(widths[column] - cell.length() + 1));
            }
            text.append("|\n");
            if (row == 0) {
                for (int width : widths) {
                    text.append('|').append("-".repeat(width + 2));
                }
                text.append("|\n");
            }
        }
        return text.toString();
    }
}
