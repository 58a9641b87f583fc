package io.peerup.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import io.peerup.kademlia.Sabotaged;
import io.peerup.kademlia.netty.SabotagedHandler;
import io.peerup.kademlia.service.SabotagedService;
import io.peerup.testkit.hostile.SabotagedKit;
import io.peerup.unheardof.Stranger;
import io.peerup.wire.SabotagedValue;
import java.lang.reflect.Field;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every rule, broken by a class that does nothing else. */
class ArchitectureRulesTest {
    private static final List<Case> CASES = List.of(
            new Case(ArchitectureRules.MODULES_LOOK_DOWN, Sabotaged.KnowsItsNeighbour.class),
            new Case(ArchitectureRules.MODULES_LOOK_DOWN, SabotagedValue.class),
            new Case(ArchitectureRules.MODULES_LOOK_DOWN, Stranger.class),
            new Case(ArchitectureRules.PURE_PACKAGES_KNOW_ONLY_BUFFERS_OF_NETTY, Sabotaged.KnowsAChannel.class),
            new Case(ArchitectureRules.TIME_IS_AN_ARGUMENT, Sabotaged.ReadsTheCalendar.class),
            new Case(ArchitectureRules.TIME_IS_AN_ARGUMENT, Sabotaged.PassesAClockOn.class),
            new Case(ArchitectureRules.ONE_OWNER_NEEDS_NO_LOCK, Sabotaged.Locks.class),
            new Case(ArchitectureRules.ONE_OWNER_NEEDS_NO_LOCK, Sabotaged.Shares.class),
            new Case(ArchitectureRules.ONE_OWNER_NEEDS_NO_MONITOR, Sabotaged.Synchronizes.class),
            new Case(ArchitectureRules.EVENT_LOOPS_DO_NOT_WAIT, Sabotaged.Joins.class),
            new Case(ArchitectureRules.EVENT_LOOPS_DO_NOT_WAIT, Sabotaged.Sleeps.class),
            new Case(ArchitectureRules.EVENT_LOOPS_DO_NOT_WAIT, SabotagedHandler.class),
            new Case(ArchitectureRules.SERVICES_KNOW_NO_NETTY, SabotagedService.class),
            new Case(ArchitectureRules.LIBRARIES_DO_NOT_PRINT, Sabotaged.Prints.class),
            new Case(ArchitectureRules.THE_HOSTILE_KIT_STANDS_ALONE, SabotagedKit.class));

    private record Case(ArchRule rule, Class<?> breaks) {
        boolean isBroken() {
            return rule.evaluate(new ClassFileImporter().importClasses(breaks)).hasViolation();
        }
    }

    @TestFactory
    Stream<DynamicTest> isBroken() {
        return CASES.stream()
                .map(broken -> DynamicTest.dynamicTest(
                        broken.breaks.getSimpleName(),
                        () -> assertThat(broken.isBroken()).isTrue()));
    }

    @Test
    void everyRuleHasAClassThatBreaksIt() {
        List<ArchRule> rules = Stream.of(ArchitectureRules.class.getFields())
                .map(ArchitectureRulesTest::rule)
                .toList();
        assertThat(CASES).extracting(Case::rule).containsAll(rules);
    }

    private static ArchRule rule(Field field) {
        try {
            return (ArchRule) field.get(null);
        } catch (IllegalAccessException hidden) {
            throw new AssertionError(hidden);
        }
    }
}
