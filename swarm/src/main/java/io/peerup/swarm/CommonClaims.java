package io.peerup.swarm;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Keeps once what many peers say alike, as peers of one program do: their protocols, their agent. Remembers what was said
 * last; safe to use from any thread, never blocks for long.
 */
final class CommonClaims {
    /** Beyond it what was said longest ago is kept by those only who said it. */
    static final int MAX_CLAIMS = 256;

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Object, Object> lastSaid = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Object, Object> eldest) {
            return size() > MAX_CLAIMS;
        }
    };

    /** The same, made of what others have said before where they said the same. */
    IdentifiedPeer shared(IdentifiedPeer said) {
        lock.lock();
        try {
            return new IdentifiedPeer(
                    said.peer(),
                    once(said.agent()),
                    once(said.protocolVersion()),
                    once(said.protocols()),
                    said.addresses(),
                    said.observed());
        } finally {
            lock.unlock();
        }
    }

    @SuppressWarnings("unchecked") // what equals a claim is of its kind: texts, and sets of protocols
    private <T> T once(T claim) {
        T before = (T) lastSaid.putIfAbsent(claim, claim);
        return before == null ? claim : before;
    }
}
