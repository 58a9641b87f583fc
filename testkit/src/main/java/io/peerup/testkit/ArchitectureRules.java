package io.peerup.testkit;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.peerup.swarm.strands.Strands;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

/**
 * The rules of the architecture that a machine can check. A module checks itself with a test of three lines:
 *
 * <pre>{@code
 * @AnalyzeClasses(packages = "io.peerup.yamux", importOptions = ImportOption.DoNotIncludeTests.class)
 * class ArchitectureTest {
 *     @ArchTest
 *     static final ArchTests RULES = ArchTests.in(ArchitectureRules.class);
 * }
 * }</pre>
 *
 * <p>Three kinds of packages. <em>Pure</em>: a protocol module's packages, except those named {@code netty} or
 * {@code service}. <em>Event loop</em>: packages named {@code netty}, and multistream-select, whose codec and handlers
 * share one. <em>Service</em>: packages named {@code service}, which run on any thread. {@code io.peerup.swarm} itself
 * and tcp are none of these: swarm's tables are read from every loop and guard themselves, and tcp is sockets through
 * and through; for them there is the direction of modules only.
 */
public final class ArchitectureRules {
    private static final DescribedPredicate<JavaClass> PURE = resideInAnyPackage(
                    "io.peerup.wire..",
                    "io.peerup.noise..",
                    "io.peerup.tls..",
                    "io.peerup.yamux..",
                    "io.peerup.quic..",
                    "io.peerup.identify..",
                    "io.peerup.autonat..",
                    "io.peerup.circuitrelay..",
                    "io.peerup.dcutr..",
                    "io.peerup.kademlia..")
            .and(DescribedPredicate.not(resideInAnyPackage("..netty..", "..service..")))
            .as("pure packages");

    private static final DescribedPredicate<JavaClass> EVENT_LOOP = resideInAnyPackage(
                    "io.peerup..netty..", "io.peerup.swarm.multistream..")
            .as("event loop packages");

    private static final DescribedPredicate<JavaClass> SERVICE =
            resideInAPackage("io.peerup..service..").as("service packages");

    /** Modules look down only: wire at nothing, transports at no protocol, protocols not at each other. */
    @ArchTest
    public static final ArchRule MODULES_LOOK_DOWN =
            classes().that().resideInAPackage("io.peerup..").should(new ModuleDirection());

    /** Bytes may lie in Netty's buffers; that is all of Netty a pure package knows. */
    @ArchTest
    public static final ArchRule PURE_PACKAGES_KNOW_ONLY_BUFFERS_OF_NETTY = noClasses()
            .that(PURE)
            .should()
            .dependOnClassesThat(resideInAPackage("io.netty..")
                    .and(DescribedPredicate.not(resideInAPackage("io.netty.buffer..")))
                    .as("are Netty's, other than buffers"));

    /** Time is an argument. */
    @ArchTest
    public static final ArchRule TIME_IS_AN_ARGUMENT = noClasses()
            .that(PURE.or(SERVICE).or(resideInAPackage("io.peerup.swarm.multistream..")))
            .should()
            .accessTargetWhere(isOneOf(
                    "a clock",
                    Map.of(
                            System.class, Set.of("nanoTime", "currentTimeMillis"),
                            Instant.class, Set.of("now"),
                            Clock.class, Set.of("systemUTC", "systemDefaultZone", "system"))));

    /** One event loop owns the state: nothing there is locked, atomic or concurrent. */
    @ArchTest
    public static final ArchRule ONE_OWNER_NEEDS_NO_LOCK = noClasses()
            .that(PURE.or(EVENT_LOOP))
            .should()
            .dependOnClassesThat(resideInAnyPackage("java.util.concurrent.locks..", "java.util.concurrent.atomic..")
                    .or(resideInAPackage("java.util.concurrent").and(isForSharing()))
                    .as("guard shared state"));

    /** Nor is it synchronized. */
    @ArchTest
    public static final ArchRule ONE_OWNER_NEEDS_NO_MONITOR = methods()
            .that()
            .areDeclaredInClassesThat(PURE.or(EVENT_LOOP))
            .should()
            .notHaveModifier(JavaModifier.SYNCHRONIZED);

    /** Whoever waits on an event loop stops every connection on it. */
    @ArchTest
    public static final ArchRule EVENT_LOOPS_DO_NOT_WAIT = noClasses()
            .that(PURE.or(EVENT_LOOP))
            .should()
            .accessTargetWhere(isOneOf(
                            "a wait",
                            Map.of(
                                    Thread.class, Set.of("sleep", "join"),
                                    Object.class, Set.of("wait"),
                                    Strands.class, Set.of("sleep", "await")))
                    .or(waitsForAFuture()));

    /** Control-plane services speak of values and streams, never of Netty. */
    @ArchTest
    public static final ArchRule SERVICES_KNOW_NO_NETTY =
            noClasses().that(SERVICE).should().dependOnClassesThat(resideInAPackage("io.netty.."));

    /** Libraries log. */
    @ArchTest
    public static final ArchRule LIBRARIES_DO_NOT_PRINT = noClasses()
            .that(resideInAPackage("io.peerup..")
                    .and(DescribedPredicate.not(
                            resideInAnyPackage("io.peerup.node..", "io.peerup.relay..", "io.peerup.testkit.."))))
            .should()
            .accessTargetWhere(isOneOf("a standard stream", Map.of(System.class, Set.of("out", "err"))));

    /** A hostile peer that shared our codecs would share their mistakes. */
    @ArchTest
    public static final ArchRule THE_HOSTILE_KIT_STANDS_ALONE = noClasses()
            .that()
            .resideInAPackage("io.peerup.testkit.hostile..")
            .should()
            .dependOnClassesThat(DescribedPredicate.not(resideInAnyPackage(
                            "io.peerup.testkit.hostile..", "java..", "javax.crypto..", "org.jspecify.."))
                    .as("are somebody else's"))
            .allowEmptyShould(true);

    private ArchitectureRules() {}

    private static DescribedPredicate<JavaClass> isForSharing() {
        return DescribedPredicate.describe("are for sharing", type -> {
            String name = type.getSimpleName();
            return name.startsWith("Concurrent")
                    || name.startsWith("CopyOnWrite")
                    || name.endsWith("BlockingQueue")
                    || name.endsWith("BlockingDeque")
                    || Set.of("Semaphore", "CountDownLatch", "CyclicBarrier", "Phaser", "Exchanger")
                            .contains(name);
        });
    }

    /** Calls of, references to and reads of the named members. */
    private static DescribedPredicate<JavaAccess<?>> isOneOf(String what, Map<Class<?>, Set<String>> members) {
        return DescribedPredicate.describe(
                "the target is " + what,
                access -> members.entrySet().stream()
                        .anyMatch(entry -> entry.getValue().contains(access.getName())
                                && access.getTargetOwner().isEquivalentTo(entry.getKey())));
    }

    /** Judged by the name of the type: the many futures of Netty and the JDK are not resolved. */
    private static DescribedPredicate<JavaAccess<?>> waitsForAFuture() {
        Set<String> waits = Set.of("get", "join", "sync", "syncUninterruptibly", "await", "awaitUninterruptibly");
        return DescribedPredicate.describe("the target waits for a future", access -> {
            String owner = access.getTargetOwner().getSimpleName();
            return waits.contains(access.getName()) && (owner.endsWith("Future") || owner.endsWith("Promise"));
        });
    }
}
