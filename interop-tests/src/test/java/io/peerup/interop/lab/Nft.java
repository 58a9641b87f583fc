package io.peerup.interop.lab;

import java.io.IOException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The kernel's packet filter in one namespace; all that is ours is in the table {@code ip lab}. */
final class Nft {
    private static final Pattern PACKETS = Pattern.compile("packets (\\d+)");

    private Nft() {}

    /** Applies statements, one per line, all or none. */
    static void apply(Namespace namespace, String statements) throws IOException, InterruptedException {
        namespace.feed(List.of("nft", "-f", "-"), statements);
    }

    static long packets(Namespace namespace, String counter) throws IOException, InterruptedException {
        String listed = namespace.run("nft", "list", "counter", "ip", "lab", counter);
        Matcher packets = PACKETS.matcher(listed);
        if (!packets.find()) {
            throw new IOException("nft counts no packets: " + listed);
        }
        return Long.parseLong(packets.group(1));
    }
}
