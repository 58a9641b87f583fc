package io.peerup.interop.hostile;

/**
 * One attack.
 *
 * @param id the row of the table of known mistakes
 * @param title what is done
 * @param expected what must come of it; told with a failure
 * @param attack does it, and fails unless that came of it
 * @param honest what the honest peer does meanwhile
 * @param part in a siege
 */
record Row(String id, String title, Group group, String expected, Attack attack, Honest.Manner honest, Part part) {
    Row(String id, String title, Group group, String expected, Attack attack) {
        this(id, title, group, expected, attack, Honest.Manner.COMES_ANEW, Part.ALWAYS);
    }

    /** When it is run in a siege. */
    enum Part {
        /** In its turn, and at once with the others. */
        ALWAYS,
        /** The same; but as it mostly waits, a short siege has it at once with the others only. */
        WAITS,
        /** The same; but as it lets no other attacker in, the others have their time first. */
        SHUTS_OUT,
        /** In its turn only: it changes who is let in. */
        IN_ITS_TURN,
        /** Not at all: it attacks nothing over the wire, or asks for a limit that an honest session would meet. */
        NONE
    }

    /** An attack, on the thread of the test. */
    interface Attack {
        void run(Scene scene) throws Exception;
    }

    /** An attack on what is needed to connect: an honest peer that is connected must not notice. */
    Row whileTheHonestStays() {
        return new Row(id, title, group, expected, attack, Honest.Manner.STAYS, part);
    }

    /** The same with another part in a siege. */
    Row inASiege(Part its) {
        return new Row(id, title, group, expected, attack, honest, its);
    }

    @Override
    public String toString() {
        return id + " " + title;
    }
}
