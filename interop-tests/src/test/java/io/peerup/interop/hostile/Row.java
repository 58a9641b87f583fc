package io.peerup.interop.hostile;

/**
 * One attack.
 *
 * @param id the row of the table of known mistakes
 * @param title what is done
 * @param expected what must come of it; told with a failure
 * @param attack does it, and fails unless that came of it
 * @param honest what the honest peer does meanwhile
 */
record Row(String id, String title, Group group, String expected, Attack attack, Honest.Manner honest) {
    Row(String id, String title, Group group, String expected, Attack attack) {
        this(id, title, group, expected, attack, Honest.Manner.COMES_ANEW);
    }

    /** An attack, on the thread of the test. */
    interface Attack {
        void run(Scene scene) throws Exception;
    }

    /** An attack on what is needed to connect: an honest peer that is connected must not notice. */
    Row whileTheHonestStays() {
        return new Row(id, title, group, expected, attack, Honest.Manner.STAYS);
    }

    @Override
    public String toString() {
        return id + " " + title;
    }
}
