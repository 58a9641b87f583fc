package io.peerup.wire;

/**
 * The remote peer broke a rule of a protocol.
 *
 * <p>Checked, so that the compiler lists every adapter that must decide what the rule costs the peer: a close code, a
 * reset or an answer. Carries no stack trace: it describes the peer's bytes, not our code.
 */
public final class ProtocolViolation extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Rule rule;

    /**
     * One rule of a protocol's catalogue. Implemented by an enum per module, so that the catalogue is also the list of
     * tests that break each rule.
     */
    public interface Rule {
        /** The constant's name, as used in logs and metrics. */
        String name();
    }

    /**
     * A broken rule.
     *
     * @param rule the rule of the module's catalogue
     * @param detail what was seen, for the log; never sent to the peer
     */
    public ProtocolViolation(Rule rule, String detail) {
        super(rule.name() + ": " + detail, null, false, false);
        this.rule = rule;
    }

    /** The rule that was broken. */
    public Rule rule() {
        return rule;
    }
}
