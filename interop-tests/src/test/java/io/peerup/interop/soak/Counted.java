package io.peerup.interop.soak;

/** A kind of churn, and how often it happened. */
record Counted(Churn churn, Tally tally) {
    static Counted none(Churn churn) {
        return new Counted(churn, new Tally());
    }
}
