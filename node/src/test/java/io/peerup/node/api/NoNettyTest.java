package io.peerup.node.api;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.peerup.node.api", importOptions = ImportOption.DoNotIncludeTests.class)
class NoNettyTest {
    /** A command that only talks to the daemon starts without it. */
    @ArchTest
    static final ArchRule CLIENTS_KNOW_NO_NETTY = noClasses()
            .that()
            .resideOutsideOfPackage("..server..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.netty..", "io.peerup.swarm..", "..server..");

    /** Calls are apart from how they are carried. */
    @ArchTest
    static final ArchRule CALLS_KNOW_NO_NETTY = noClasses()
            .that()
            .resideInAPackage("..server.calls..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.netty..");
}
