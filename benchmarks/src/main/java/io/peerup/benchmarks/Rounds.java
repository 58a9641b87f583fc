package io.peerup.benchmarks;

import io.peerup.testkit.process.ProcessorTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Lets the lanes of a line take turns. */
final class Rounds {
    private static final int WARM_UP_SECONDS = 10;
    private static final int QUICK_WARM_UP_SECONDS = 2;

    private final int processors = Runtime.getRuntime().availableProcessors();
    private final int rounds;
    private final long warmUpNanos;

    Rounds(Options options) {
        this.rounds = options.rounds();
        this.warmUpNanos = TimeUnit.SECONDS.toNanos(options.quick() ? QUICK_WARM_UP_SECONDS : WARM_UP_SECONDS);
    }

    /** Measures a line. Waits. */
    Measured measure(Line line, Line.Lanes lanes) throws Exception {
        Measured measured = Measured.begin(line, lanes);
        if (line.warmsUp()) {
            for (Lane lane : lanes.all()) {
                measured.cold().put(lane.name(), sample(lane));
            }
            warmUp(lanes.all());
        }
        for (int round = 0; round < Math.min(rounds, line.maxRounds()); round++) {
            for (Lane lane : lanes.all()) {
                measured.add(lane.name(), sample(lane));
            }
        }
        return measured;
    }

    /** Until every lane has had its time, in turns as later. */
    private void warmUp(Collection<Lane> lanes) throws Exception {
        long until = System.nanoTime() + warmUpNanos * lanes.size();
        while (System.nanoTime() < until) {
            for (Lane lane : lanes) {
                lane.turn();
            }
        }
    }

    private Sample sample(Lane lane) throws Exception {
        Map<String, Double> before = lane.processorSeconds();
        double allBefore = ProcessorTime.ofAll();
        double selfBefore = ProcessorTime.of(ProcessHandle.current().pid());
        long began = System.nanoTime();
        Lane.Turn turn = lane.turn();
        double machine = (System.nanoTime() - began) / 1e9 * processors;
        double all = ProcessorTime.ofAll() - allBefore;
        double self = ProcessorTime.of(ProcessHandle.current().pid()) - selfBefore;
        Map<String, Double> used = new HashMap<>();
        lane.processorSeconds().forEach((part, after) -> used.put(part, after - before.getOrDefault(part, 0.0)));
        double own = used.values().stream().mapToDouble(Double::doubleValue).sum();
        return new Sample(turn.values(), turn.work(), used, Math.clamp((all - own - self) / machine, 0, 1));
    }
}
