package io.peerup.host.authorization;

import static io.peerup.host.authorization.Peers.ADA;
import static io.peerup.host.authorization.Peers.BOB;
import static io.peerup.host.authorization.Peers.EVE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.peerup.host.file.AtomicFile;
import io.peerup.host.file.FileProblem;
import io.peerup.swarm.strands.Strands.StrandScope;
import io.peerup.testkit.strands.SimStrands;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuthorizedKeysWatchTest {
    @TempDir
    Path directory;

    private final List<AuthorizationChange> changes = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private Path path;
    private AuthorizedKeysWatch watch;

    @BeforeEach
    void watchAFileWithAda() throws IOException {
        path = directory.resolve("authorized_keys");
        Files.writeString(path, ADA + "\n");
        watch = AuthorizedKeysWatch.start(AuthorizedKeysFile.at(path), new AuthorizationListener() {
            @Override
            public void changed(AuthorizationChange change) {
                changes.add(change);
            }

            @Override
            public void refused(FileProblem problem) {
                problems.add(problem.getMessage());
            }
        });
        look(2);
    }

    @Test
    void tellsWhoCameAndWhoWent() throws IOException {
        AtomicFile.write(path, BOB + "\n" + EVE + "\n");

        look(2);

        assertThat(changes).containsExactly(new AuthorizationChange(Set.of(BOB, EVE), Set.of(ADA)));
        assertThat(watch.current().ids()).containsExactlyInAnyOrder(BOB, EVE);
    }

    @Test
    void noticesWithinHalfASecond() throws IOException {
        SimStrands strands = new SimStrands();
        try (StrandScope scope = strands.open("watch")) {
            scope.fork("watch", () -> {
                watch.follow(strands);
                return "never";
            });
            strands.advance(Duration.ofMillis(1));
            Files.writeString(path, "");

            strands.advance(Duration.ofMillis(500));

            assertThat(changes).containsExactly(new AuthorizationChange(Set.of(), Set.of(ADA)));
        }
    }

    @Test
    void aListenerThatFailsDoesNotEndTheWatch() throws IOException {
        SimStrands strands = new SimStrands();
        AuthorizedKeysWatch fragile =
                AuthorizedKeysWatch.start(AuthorizedKeysFile.at(path), new AuthorizationListener() {
                    @Override
                    public void changed(AuthorizationChange change) {
                        throw new IllegalStateException("a bug");
                    }

                    @Override
                    public void refused(FileProblem problem) {
                        throw new IllegalStateException("a bug");
                    }
                });
        try (StrandScope scope = strands.open("watch")) {
            scope.fork("watch", () -> {
                fragile.follow(strands);
                return "never";
            });
            AtomicFile.write(path, BOB + "\n");
            strands.advance(Duration.ofSeconds(1));
            AtomicFile.write(path, EVE + "\n");
            strands.advance(Duration.ofSeconds(1));

            assertThat(fragile.current().ids()).containsExactly(EVE);
        }
    }

    @Test
    void aFileThatIsBeingWrittenThrowsNobodyOut() throws IOException {
        Files.writeString(path, "");
        look(1);
        Files.writeString(path, ADA + "\n" + BOB + "\n");
        look(2);

        assertThat(changes).containsExactly(new AuthorizationChange(Set.of(BOB), Set.of()));
    }

    @Test
    void aFileThatIsAwayForAMomentThrowsNobodyOutAndIsNoNews() throws IOException {
        Path aside = directory.resolve("authorized_keys~");
        Files.move(path, aside);
        look(1);
        Files.move(aside, path);
        look(3);

        assertThat(changes).isEmpty();
        assertThat(problems).isEmpty();
    }

    @Test
    void aMalformedFileKeepsTheLastGoodSetAndIsReportedOnce() throws IOException {
        Files.writeString(path, BOB + "\nnonsense\n");
        look(20);

        assertThat(changes).isEmpty();
        assertThat(watch.current().ids()).containsExactly(ADA);
        assertThat(problems).singleElement().asString().contains(":2: ").endsWith("stay authorized");

        Files.writeString(path, BOB + "\n");
        look(2);
        assertThat(changes).containsExactly(new AuthorizationChange(Set.of(BOB), Set.of(ADA)));
    }

    @Test
    void anotherProblemIsReportedAgain() throws IOException {
        Files.writeString(path, "nonsense\n");
        look(2);
        Files.delete(path);
        look(2);
        Files.createDirectory(path);
        look(2);

        assertThat(problems).hasSize(3);
        assertThat(problems.get(1)).contains("does not exist");
        assertThat(watch.current().ids()).containsExactly(ADA);
    }

    @Test
    void followsALinkThatIsSwapped() throws IOException {
        Path one = Files.writeString(directory.resolve("one"), ADA + "\n");
        Path two = Files.writeString(directory.resolve("two"), BOB + "\n");
        Files.setLastModifiedTime(two, Files.getLastModifiedTime(one));
        Files.delete(path);
        Files.createSymbolicLink(path, one);
        look(20);
        Files.createSymbolicLink(directory.resolve("next"), two);
        Files.move(directory.resolve("next"), path, StandardCopyOption.ATOMIC_MOVE);

        look(2);

        assertThat(watch.current().ids()).containsExactly(BOB);
    }

    @Test
    void aSecondChangeWithinOneTickOfTheFilesClockIsSeen() throws IOException {
        FileTime time = FileTime.fromMillis(1_700_000_000_000L);
        Files.writeString(path, BOB + "\n");
        Files.setLastModifiedTime(path, time);
        look(2);
        Files.writeString(path, EVE + "\n");
        Files.setLastModifiedTime(path, time);
        look(2);

        assertThat(watch.current().ids()).containsExactly(EVE);
    }

    @Test
    void aChangedCommentIsNoNewsForPeers() throws IOException {
        Files.writeString(path, ADA + "  # laptop\n");
        look(2);

        assertThat(changes).isEmpty();
        assertThat(watch.current().peers()).containsExactly(new AuthorizedPeer(ADA, "laptop"));
    }

    @Test
    void aReloadTakesTheFileAtOnce() throws IOException {
        AuthorizedKeysFile.at(path).add(BOB, "");
        watch.reload();

        assertThat(changes).containsExactly(new AuthorizationChange(Set.of(BOB), Set.of()));
        look(5);
        assertThat(changes).hasSize(1);

        Files.writeString(path, "nonsense");
        assertThatThrownBy(watch::reload).isInstanceOf(FileProblem.class);
        assertThat(watch.current().ids()).containsExactlyInAnyOrder(ADA, BOB);
    }

    @Test
    void doesNotStartWithABadFile() throws IOException {
        Files.writeString(path, "nonsense");

        assertThatThrownBy(() -> AuthorizedKeysWatch.start(AuthorizedKeysFile.at(path), new AuthorizationListener() {
                    @Override
                    public void changed(AuthorizationChange change) {}

                    @Override
                    public void refused(FileProblem problem) {}
                }))
                .isInstanceOf(FileProblem.class);
    }

    private void look(int times) {
        for (int i = 0; i < times; i++) {
            watch.look();
        }
    }
}
