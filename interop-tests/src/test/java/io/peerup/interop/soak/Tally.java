package io.peerup.interop.soak;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How often one kind happened, counted by any thread. */
final class Tally {
    private long done;
    private long failed;
    private @Nullable Throwable last;

    synchronized void happened() {
        done++;
    }

    /** What a busy machine may cause: a patience that ended. */
    synchronized void failed(Throwable why) {
        failed++;
        last = why;
    }

    synchronized long done() {
        return done;
    }

    synchronized long failed() {
        return failed;
    }

    synchronized Optional<Throwable> lastFailure() {
        return Optional.ofNullable(last);
    }
}
