package io.peerup.testkit.strands;

import io.peerup.swarm.strands.Strands;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;

/** The strands of one owner, cancelled in the order in which they were forked. */
final class SimScope implements Strands.StrandScope {
    private final String name;
    private final SimStrands strands;
    private final SimSchedule schedule;
    private final Set<SimStrand<?>> running = new LinkedHashSet<>();
    private boolean closed;

    SimScope(String name, SimStrands strands, SimSchedule schedule) {
        this.name = name;
        this.strands = strands;
        this.schedule = schedule;
    }

    @Override
    public <T> Strands.Strand<T> fork(String strandName, Callable<T> story) {
        if (closed) {
            throw new IllegalStateException("the scope " + name + " is closed");
        }
        SimStrand<T> strand = new SimStrand<>(name + "/" + strandName, story, schedule);
        running.add(strand);
        strand.ended().thenRun(() -> running.remove(strand));
        strand.start();
        return strand;
    }

    @Override
    public void close() {
        closed = true;
        List<SimStrand<?>> cancelled = List.copyOf(running);
        cancelled.forEach(SimStrand::cancel);
        strands.join(
                cancelled.stream().filter(strand -> !strand.isCurrentThread()).toList());
    }
}
