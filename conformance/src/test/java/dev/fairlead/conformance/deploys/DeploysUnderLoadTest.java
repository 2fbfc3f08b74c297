package dev.fairlead.conformance.deploys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.conformance.Distribution;
import dev.fairlead.testkit.Deadline;
import dev.fairlead.testkit.ProcessUnderTest;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/// The short form of `conformance/deploys-under-load`, without gunicorn beside it.
class DeploysUnderLoadTest {
    @Test
    void noRequestFailsWhileCodeIsReloadedAndWorkersAreKilledWornAndRenumbered() {
        Distribution.require();
        Assumptions.assumeTrue(Distribution.installed("python3").isPresent(), "there is no python3");
        Path script = Distribution.checkout().resolve("conformance/deploys-under-load");
        ProcessUnderTest run = ProcessUnderTest.start(
                Distribution.checkout(),
                "python3",
                script.toString(),
                "--only",
                "fairlead",
                "--launcher",
                Distribution.launcher().orElseThrow().toString(),
                "--seconds",
                "8",
                "--reloads",
                "6",
                "--kills",
                "4",
                "--resizes",
                "3");
        assertThat(run.awaitExit(Deadline.inSeconds(240))).as(run::output).isZero();
        assertThat(run.output()).contains(" 0 failed");
        System.out.println(run.output());
    }
}
