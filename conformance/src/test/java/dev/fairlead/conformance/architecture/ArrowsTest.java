package dev.fairlead.conformance.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Files;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Arrows inside modules and promises of packages; arrows between modules are kept by the modules' own poms.
class ArrowsTest {
    @SuppressWarnings("NullAway.Init") // read before all tests
    private static JavaClasses product;

    @BeforeAll
    static void read() {
        product = new ClassFileImporter()
                .importPaths(SourceTree.MODULES.stream()
                        .filter(module -> !module.equals("testkit") && !module.equals("bench"))
                        .map(module -> SourceTree.root().resolve(module).resolve("target/classes"))
                        .filter(Files::isDirectory)
                        .toList());
        assertThat(product).hasSizeGreaterThan(100);
    }

    @Test
    void nothingThatShipsKnowsTheMeasurements() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.fairlead.bench..", "org.HdrHistogram..", "org.openjdk.jmh..")
                .check(product);
    }

    @Test
    void dialectsDoNotKnowEachOther() {
        slices().matching("dev.fairlead.dialect.(*)..")
                .should()
                .notDependOnEachOther()
                .check(product);
    }

    @Test
    void linesOfHaproxyAreReadWithoutTheProxiesTheyStandIn() {
        noClasses()
                .that()
                .resideInAPackage("dev.fairlead.dialect.haproxy.build.*")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.fairlead.dialect.haproxy.build")
                .check(product);
        slices().matching("dev.fairlead.dialect.haproxy.build.(*)..")
                .should()
                .beFreeOfCycles()
                .check(product);
    }

    @Test
    void settingsOfUnitsKnowNothingOfTheFoldersTheyComeFrom() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "dev.fairlead.dialect.systemd.setting",
                        "dev.fairlead.dialect.systemd.text",
                        "dev.fairlead.dialect.systemd.time",
                        "dev.fairlead.dialect.systemd.name")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.fairlead.dialect.systemd", "dev.fairlead.dialect.systemd.install")
                .check(product);
    }

    @Test
    void theModelDoesNothing() {
        noClasses()
                .that()
                .resideInAPackage("dev.fairlead.model..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.net..", "java.util.concurrent..", "io.netty..", "java.lang.foreign..")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.nio.file.Files")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.lang.Thread")
                .check(product);
    }

    @Test
    void variablesAndConditionsKnowNotWhoAsksForThem() {
        noClasses()
                .that()
                .resideInAPackage("dev.fairlead.model.text")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.fairlead.model.http", "dev.fairlead.model.stream", "dev.fairlead.model.plan")
                .check(product);
    }

    @Test
    void partsOfUnitsKnowNoUnit() {
        noClasses()
                .that()
                .resideInAPackage("dev.fairlead.model.service.*")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.fairlead.model.service")
                .check(product);
        slices().matching("dev.fairlead.model.service.(*)..")
                .should()
                .beFreeOfCycles()
                .check(product);
    }

    @Test
    void dialectsOpenNoSocketStartNoProcessAndReadNoClock() {
        noClasses()
                .that()
                .resideInAPackage("dev.fairlead.dialect..")
                .should()
                .dependOnClassesThat()
                .haveNameMatching("java\\.net\\..*Socket.*|java\\.lang\\.Process.*|dev\\.fairlead\\.time\\.Clock")
                .check(product);
    }

    @Test
    void theEngineKnowsNoDialect() {
        noClasses()
                .that()
                .resideInAnyPackage("dev.fairlead.engine..", "dev.fairlead.model..", "dev.fairlead.process..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.fairlead.dialect..")
                .check(product);
    }

    @Test
    void theSupervisorKnowsNeitherNettyNorTheEngine() {
        noClasses()
                .that()
                .resideInAPackage("dev.fairlead.process..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.netty..", "dev.fairlead.engine..")
                .check(product);
    }

    @Test
    void whatMakesProcessesKnowsNotWhoAsksForThem() {
        noClasses()
                .that()
                .resideInAPackage("dev.fairlead.process.supervisor.*")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.fairlead.process.supervisor")
                .check(product);
    }

    @Test
    void statesAreDecidedWithoutProcessesThreadsOrTime() {
        noClasses()
                .that()
                .resideInAPackage("dev.fairlead.process.state..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.fairlead.os..", "dev.fairlead.process.supervisor..", "java.util.concurrent..")
                .check(product);
    }

    @Test
    void whatEverythingInTheEngineSharesKnowsNoneOfItsUsers() {
        noClasses()
                .that()
                .resideInAPackage("dev.fairlead.engine.http..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.fairlead.engine.http1..",
                        "dev.fairlead.engine.route..",
                        "dev.fairlead.engine.upstream..",
                        "dev.fairlead.engine.handler..",
                        "dev.fairlead.engine.filter..",
                        "dev.fairlead.engine.generation..")
                .check(product);
    }

    @Test
    void fieldsAndConnectionsKnowNoRequests() {
        noClasses()
                .that()
                .resideInAnyPackage("dev.fairlead.engine.http.field", "dev.fairlead.engine.connection")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.fairlead.engine.http", "dev.fairlead.engine.http1..", "dev.fairlead.engine.stream..")
                .check(product);
    }

    @Test
    void whatIsKnownOfExchangesIsFoundWithoutCompiling() {
        noClasses()
                .that()
                .resideInAPackage("dev.fairlead.engine.text.value")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.fairlead.engine.text")
                .check(product);
    }

    @Test
    void whatServersAreKnowsNothingOfPassingRequestsToThem() {
        noClasses()
                .that()
                .resideInAPackage("dev.fairlead.engine.upstream.*")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.fairlead.engine.upstream")
                .check(product);
        slices().matching("dev.fairlead.engine.upstream.(*)..")
                .should()
                .beFreeOfCycles()
                .check(product);
    }

    @Test
    void whatApplicationsSeeIsWrittenWithoutWorkers() {
        noClasses()
                .that()
                .resideInAPackage("dev.fairlead.engine.app.environ")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.fairlead.engine.app")
                .check(product);
    }

    @Test
    void carriersKnowNeitherRoutesNorHandlers() {
        noClasses()
                .that()
                .resideInAPackage("dev.fairlead.engine.http1..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.fairlead.engine.route..",
                        "dev.fairlead.engine.upstream..",
                        "dev.fairlead.engine.handler..",
                        "dev.fairlead.engine.filter..")
                .check(product);
    }
}
