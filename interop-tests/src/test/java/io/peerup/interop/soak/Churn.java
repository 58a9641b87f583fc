package io.peerup.interop.soak;

/**
 * One kind of coming and going.
 *
 * @param leastPerMinute how often it must have happened in each minute of the run, on the average
 */
record Churn(String name, double leastPerMinute, Deed deed) {
    /** Happens once; throws when it did not. */
    interface Deed {
        void happenIn(Town town) throws Exception;
    }
}
