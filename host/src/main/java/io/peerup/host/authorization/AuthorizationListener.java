package io.peerup.host.authorization;

import io.peerup.host.file.FileProblem;

/** Hears of the file's changes, on the thread that looked at it. */
public interface AuthorizationListener {
    /** Another set of peers may connect; {@link AuthorizedKeysWatch#current} is the new one already. */
    void changed(AuthorizationChange change);

    /** The file is not usable as it is now. The last good set stays in force. Said once per problem. */
    void refused(FileProblem problem);
}
