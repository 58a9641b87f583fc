package io.peerup.swarm.limits;

/**
 * Why something was not admitted.
 *
 * @param scope which kind of scope is full
 * @param resource of what
 * @param limit how much of it the scope may hold; 0 when it is over already
 */
public record Refusal(ScopeKind scope, Resource resource, long limit) {
    /** One line for a person. */
    public String line() {
        return limit == 0
                ? scope.words() + " is closed"
                : "the limit of " + limit + " " + resource.words() + " for " + scope.words() + " is reached";
    }

    @Override
    public String toString() {
        return line();
    }
}
