package dev.fairlead.conformance;

import dev.fairlead.testkit.Deadline;
import dev.fairlead.testkit.ProcessUnderTest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/// Where the program to be tested stands: the folder in `-Dfairlead.home`, or the checkout this test runs in.
public final class Distribution {
    private static boolean isPrepared;

    private Distribution() {}

    /// The folder the program stands in.
    private static Path home() {
        String given = System.getProperty("fairlead.home", "");
        return given.isEmpty() ? checkout() : Path.of(given).toAbsolutePath();
    }

    /// The top of the checkout this test runs in.
    public static Path checkout() {
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            if (Files.exists(folder.resolve("testkit/pom.xml"))) {
                return folder;
            }
        }
        throw new IllegalStateException("these tests run inside a checkout");
    }

    /// The launcher; empty where there is none to run.
    public static Optional<Path> launcher() {
        return Optional.of(home().resolve("fairlead")).filter(Files::isExecutable);
    }

    /// Skips a test where there is no launcher to run, else prepares it.
    public static void require() {
        Assumptions.assumeTrue(launcher().isPresent(), "there is no ./fairlead to run");
        prepare();
    }

    /// Builds what has to be built before the first start, so that no test waits for it; at most five minutes. Does
    /// so once for all tests of a run.
    public static synchronized void prepare() {
        if (isPrepared) {
            return;
        }
        launcher().ifPresent(launcher -> {
            ProcessUnderTest version = ProcessUnderTest.start(home(), launcher.toString(), "--version");
            int status = version.awaitExit(Deadline.inSeconds(300));
            if (status != 0) {
                throw new AssertionError("./fairlead --version ended with " + status + ":\n" + version.output());
            }
            isPrepared = true;
        });
    }

    /// A program of the machine, looked for in PATH and where Debian keeps its daemons.
    public static Optional<Path> installed(String name) {
        String path = System.getenv().getOrDefault("PATH", "") + ":/usr/sbin:/usr/local/sbin";
        return java.util.Arrays.stream(path.split(":", -1))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
