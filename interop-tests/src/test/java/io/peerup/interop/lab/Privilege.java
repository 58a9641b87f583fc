package io.peerup.interop.lab;

import java.util.List;

/** By what right namespaces are made. */
enum Privilege {
    /** As root of the machine. */
    ROOT("", "", "", 0),
    /**
     * As root of a user namespace that anybody may make. It knows one user only, so a server that wants to give up root
     * fails there: such a server runs as the ordinary user of one more user namespace.
     */
    USER_NAMESPACE(
            "--user --map-root-user",
            "--user --preserve-credentials",
            "unshare --user --map-user=1000 --map-group=1000",
            1000);

    private final String unshareFlags;
    private final String nsenterFlags;
    private final String serverPrefix;
    private final int serverUid;

    Privilege(String unshareFlags, String nsenterFlags, String serverPrefix, int serverUid) {
        this.unshareFlags = unshareFlags;
        this.nsenterFlags = nsenterFlags;
        this.serverPrefix = serverPrefix;
        this.serverUid = serverUid;
    }

    List<String> unshareFlags() {
        return words(unshareFlags);
    }

    List<String> nsenterFlags() {
        return words(nsenterFlags);
    }

    /** What goes before the command of a server that lets users log in. */
    List<String> serverPrefix() {
        return words(serverPrefix);
    }

    /** The user whom such a server lets in. */
    int serverUid() {
        return serverUid;
    }

    private static List<String> words(String line) {
        return line.isEmpty() ? List.of() : List.of(line.split(" ", -1));
    }
}
