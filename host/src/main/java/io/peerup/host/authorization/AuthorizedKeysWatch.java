package io.peerup.host.authorization;

import io.peerup.host.file.FileProblem;
import io.peerup.swarm.strands.Strands;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a set of authorized peers equal to its file. It looks every {@link #INTERVAL} instead of waiting for events of
 * the file system: that sees links that are moved, editors that rename and mounted directories alike.
 *
 * <p>A change counts once two looks in a row found the same content, at most {@code 2 × INTERVAL} after it was made. So
 * a file that an editor has truncated and not yet written again, or has moved away for a moment, throws nobody out. A
 * file that cannot be used changes nothing either.
 *
 * <p>{@link #current} may be asked from any thread; {@link #look} and {@link #reload} block, and exclude each other.
 */
public final class AuthorizedKeysWatch {
    /** Between two looks. */
    public static final Duration INTERVAL = Duration.ofMillis(200);

    private static final Logger LOG = LoggerFactory.getLogger(AuthorizedKeysWatch.class);

    /** After a change, reading goes on for longer than the coarsest file time (two seconds) can hide another one. */
    private static final int READS_AFTER_A_CHANGE = 15;

    private final AuthorizedKeysFile file;
    private final AuthorizationListener listener;
    private final ReentrantLock oneAtATime = new ReentrantLock();
    private volatile AuthorizedKeys current;
    private Stamp stamp = Stamp.NONE;
    private int readsLeft;
    private Content lastRead;
    private Content settled;

    private AuthorizedKeysWatch(AuthorizedKeysFile file, AuthorizationListener listener, Content first)
            throws FileProblem {
        this.file = file;
        this.listener = listener;
        this.lastRead = first;
        this.settled = first;
        this.current = first.keys(file);
    }

    /**
     * Reads the file for the first time.
     *
     * @throws FileProblem as {@link AuthorizedKeysFile#load}
     */
    public static AuthorizedKeysWatch start(AuthorizedKeysFile file, AuthorizationListener listener)
            throws FileProblem {
        return new AuthorizedKeysWatch(file, listener, new Content.Bytes(file.requirePresent()));
    }

    /** The peers that may connect now. */
    public AuthorizedKeys current() {
        return current;
    }

    /** Looks at the file once and takes a change that the look before has seen, too. */
    public void look() {
        oneAtATime.lock();
        try {
            Stamp seen = Stamp.of(file.path());
            if (!seen.equals(stamp)) {
                stamp = seen;
                readsLeft = READS_AFTER_A_CHANGE;
            }
            if (readsLeft > 0) {
                readsLeft--;
                consider(Content.of(file));
            }
        } finally {
            oneAtATime.unlock();
        }
    }

    /**
     * Takes what is in the file now, for a program that has just written it.
     *
     * @throws FileProblem as {@link AuthorizedKeysFile#load}; the last good set stays in force
     */
    public void reload() throws FileProblem {
        oneAtATime.lock();
        try {
            Content now = new Content.Bytes(file.requirePresent());
            AuthorizedKeys keys = now.keys(file);
            lastRead = now;
            settled = now;
            take(keys);
        } finally {
            oneAtATime.unlock();
        }
    }

    /** The story of a strand: looks until it is interrupted. */
    public void follow(Strands strands) throws InterruptedException {
        while (true) {
            strands.sleep(INTERVAL);
            try {
                look();
            } catch (RuntimeException bug) {
                LOG.error("a listener failed on a change of {}", file.path(), bug);
            }
        }
    }

    private void consider(Content content) {
        boolean seenTwice = content.equals(lastRead);
        lastRead = content;
        if (!seenTwice || content.equals(settled)) {
            return;
        }
        settled = content;
        try {
            take(content.keys(file));
        } catch (FileProblem unusable) {
            listener.refused(new FileProblem(
                    unusable.getMessage() + "; until then the " + current.size() + " peers read before stay authorized",
                    unusable));
        }
    }

    private void take(AuthorizedKeys keys) {
        AuthorizationChange change = AuthorizationChange.between(current, keys);
        current = keys;
        if (!change.isEmpty()) {
            listener.changed(change);
        }
    }

    /** What the file system tells without reading: differs when the content may differ. */
    private record Stamp(String value) {
        static final Stamp NONE = new Stamp("");

        static Stamp of(Path file) {
            try {
                BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
                return new Stamp(attributes.lastModifiedTime() + " " + attributes.size() + " " + attributes.fileKey());
            } catch (IOException notThere) {
                return new Stamp(notThere.toString());
            }
        }
    }

    /** What reading gave. */
    private sealed interface Content {
        static Content of(AuthorizedKeysFile file) {
            try {
                return new Bytes(file.requirePresent());
            } catch (FileProblem unreadable) {
                return new Unreadable(unreadable.getMessage());
            }
        }

        AuthorizedKeys keys(AuthorizedKeysFile file) throws FileProblem;

        record Bytes(byte[] bytes) implements Content {
            @Override
            public AuthorizedKeys keys(AuthorizedKeysFile file) throws FileProblem {
                return file.strictly(bytes);
            }

            @Override
            public boolean equals(Object other) {
                return other instanceof Bytes that && Arrays.equals(bytes, that.bytes);
            }

            @Override
            public int hashCode() {
                return Arrays.hashCode(bytes);
            }
        }

        record Unreadable(String problem) implements Content {
            @Override
            public AuthorizedKeys keys(AuthorizedKeysFile file) throws FileProblem {
                throw new FileProblem(problem);
            }
        }
    }
}
