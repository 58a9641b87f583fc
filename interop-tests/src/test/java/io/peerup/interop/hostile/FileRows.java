package io.peerup.interop.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerup.testkit.hostile.RawFrame;
import io.peerup.testkit.hostile.RawIdentity;
import io.peerup.testkit.hostile.RawPeer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What a person or a script puts into our files, and the gate that one of them is. */
final class FileRows {
    private static final int HUGE = 10_000_000;
    private static final Duration REMOVED_WITHIN = Duration.ofSeconds(2);
    private static final long TO_LOOK_MILLIS = 1000;

    private FileRows() {}

    static List<Row> rows() {
        return List.of(
                row(
                        "C-keys",
                        "a stranger asks for everything at once",
                        "closed, nothing is answered",
                        FileRows::stranger),
                row("C-keys", "a peer is removed while it is connected", "cut", FileRows::removed)
                        .inASiege(Row.Part.IN_ITS_TURN),
                row(
                                "C-keys",
                                "comments, CRLF, BOM, a key twice",
                                "one key a line, no key in a comment",
                                FileRows::oddFile)
                        .inASiege(Row.Part.IN_ITS_TURN),
                row("C-keys", "ten megabytes", "the last good file stays in force", FileRows::hugeFile)
                        .inASiege(Row.Part.IN_ITS_TURN),
                row("C-keys", "another file under a link", "the new one counts", FileRows::swappedLink)
                        .inASiege(Row.Part.IN_ITS_TURN),
                row("B19", "YAML that makes objects, or itself larger", "one line, no start", FileRows::yaml)
                        .inASiege(Row.Part.NONE));
    }

    private static Row row(String id, String title, String expected, Row.Attack attack) {
        return new Row(id, title, Group.FILES, expected, attack);
    }

    private static void stranger(Scene scene) throws Exception {
        for (int attempt = 0; attempt < 20; attempt++) {
            requireRefused(scene.relay(), RawIdentity.generate());
        }
    }

    private static void removed(Scene scene) throws Exception {
        RawIdentity leaver = scene.cast().friends().getLast();
        List<String> others = scene.cast().names().stream()
                .filter(each -> !each.equals(leaver.name()))
                .toList();
        try (RawPeer peer = scene.relay().dial(leaver)) {
            peer.ping();
            Target.authorize(scene.relay().directory(), others);
            Sight.cut(peer.socket(), REMOVED_WITHIN);
            requireRefused(scene.relay(), leaver);
        } finally {
            restore(scene);
        }
        requireLetIn(scene.relay(), leaver);
    }

    private static void oddFile(Scene scene) throws Exception {
        RawIdentity commented = RawIdentity.generate();
        RawIdentity plain = RawIdentity.generate();
        StringBuilder text = new StringBuilder("\ufeff# " + commented.name() + "\r\n");
        scene.cast().names().forEach(each -> text.append(each).append("\r\n"));
        text.append("\r\n\t ")
                .append(plain.name())
                .append("  # ")
                .append(commented.name())
                .append("\r\n");
        text.append(plain.name()).append("\r\n#").append(commented.name());
        try {
            replace(scene, text.toString());
            requireLetIn(scene.relay(), plain);
            requireLetIn(scene.relay(), scene.cast().attacker());
            requireRefused(scene.relay(), commented);
        } finally {
            restore(scene);
        }
    }

    private static void hugeFile(Scene scene) throws Exception {
        RawIdentity mallory = RawIdentity.generate();
        try {
            replace(scene, mallory.name() + "\n" + "#".repeat(HUGE));
            TimeUnit.MILLISECONDS.sleep(TO_LOOK_MILLIS);
            requireRefused(scene.relay(), mallory);
            requireLetIn(scene.relay(), scene.cast().attacker());
        } finally {
            restore(scene);
        }
    }

    private static void swappedLink(Scene scene) throws Exception {
        RawIdentity guest = RawIdentity.generate();
        Path keys = scene.relay().directory().resolve("authorized_keys");
        Path real = scene.relay().directory().resolve("elsewhere");
        Path link = scene.relay().directory().resolve("link");
        try {
            Files.writeString(real, Files.readString(keys) + guest.name() + "\n");
            Files.createSymbolicLink(link, real);
            Files.move(link, keys, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            requireLetIn(scene.relay(), guest);
        } finally {
            restore(scene);
        }
        long until = System.nanoTime() + Sight.AT_ONCE.toNanos();
        while (isLetIn(scene.relay(), guest)) {
            assertThat(System.nanoTime()).as("the link's peer stays").isLessThan(until);
        }
    }

    private static void yaml(Scene scene) throws Exception {
        StringBuilder laughs = new StringBuilder("a0: &a0 [x, x]\n");
        for (int level = 1; level < 40; level++) {
            laughs.append("a%d: &a%d [*a%d, *a%d]%n".formatted(level, level, level - 1, level - 1));
        }
        requireOneLine(scene, "!!javax.script.ScriptEngineManager [!!java.net.URLClassLoader [[]]]");
        requireOneLine(scene, laughs.toString());
        requireOneLine(scene, "network: " + "[".repeat(100_000));
    }

    private static void requireOneLine(Scene scene, String yaml) throws Exception {
        Path config = scene.relay().directory().resolve("hostile.yaml");
        Files.deleteIfExists(config);
        Files.createFile(config, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(config, yaml);
        Process process = new ProcessBuilder(Target.relayCommand(config))
                .redirectErrorStream(true)
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(printed).isNotZero();
        assertThat(printed.lines()).as(printed).hasSize(2).first().asString().startsWith("===");
        assertThat(printed.lines().skip(1).findFirst().orElseThrow()).contains("hostile.yaml");
    }

    private static void requireRefused(Target target, RawIdentity who) throws IOException {
        assertThat(isLetIn(target, who)).as("an unauthorized peer was served").isFalse();
    }

    private static void requireLetIn(Target target, RawIdentity who) throws Exception {
        long until = System.nanoTime() + Sight.AT_ONCE.toNanos();
        while (!isLetIn(target, who)) {
            assertThat(System.nanoTime()).as("an authorized peer is not let in").isLessThan(until);
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    /** Tries everything that peers ask for; whoever is refused must see no answer to any of it, not even that it is spoken. */
    private static boolean isLetIn(Target target, RawIdentity who) throws IOException {
        try (RawPeer peer = target.dial(who)) {
            for (String protocol : List.of(RawPeer.PING, Identify.PROTOCOL, Hop.PROTOCOL)) {
                peer.secure().write(RawFrame.window(RawFrame.SYN, peer.muxer().takeId(), 0));
                peer.muxer().open(protocol);
            }
            return true;
        } catch (IOException refused) {
            return false;
        }
    }

    private static void restore(Scene scene) throws IOException {
        Target.authorize(scene.relay().directory(), scene.cast().names());
    }

    private static void replace(Scene scene, String content) throws IOException {
        Path fresh = scene.relay().directory().resolve("authorized_keys.new");
        Files.writeString(fresh, content);
        Files.move(
                fresh,
                scene.relay().directory().resolve("authorized_keys"),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }
}
