package io.peerup.swarm.limits;

/** Whether there is room. */
public sealed interface Admission<S> {
    /** There is, and it is taken until the scope is closed. */
    record Granted<S>(S scope) implements Admission<S> {}

    /** There is not, and nothing was taken. */
    record Refused<S>(Refusal why) implements Admission<S> {}
}
