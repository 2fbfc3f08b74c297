package dev.fairlead.dialect.systemd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.fairlead.dialect.Dump;
import dev.fairlead.dialect.systemd.name.Machine;
import dev.fairlead.dialect.systemd.name.UnitOptions;
import dev.fairlead.dialect.systemd.setting.CompatibilityTable;
import dev.fairlead.dialect.systemd.setting.KeyTable;
import dev.fairlead.model.service.UnitSet;
import dev.fairlead.source.Problems;
import dev.fairlead.testkit.Golden;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Units with what is made of them, and broken ones with what is said about them. Each case is a unit file, or a
/// folder with units; beside it stands what is expected.
class UnitGoldenTest {
    private static final Path RESOURCES = Path.of("src/test/resources/systemd");

    @TestFactory
    List<DynamicTest> unitFileBecomesWhatItsGoldenFileSays() {
        return Golden.cases(RESOURCES.resolve("files"), ".service", ".expected", UnitGoldenTest::load);
    }

    @TestFactory
    List<DynamicTest> socketFileBecomesWhatItsGoldenFileSays() {
        return Golden.cases(RESOURCES.resolve("sockets"), ".socket", ".expected", UnitGoldenTest::load);
    }

    @TestFactory
    List<DynamicTest> timerFileBecomesWhatItsGoldenFileSays() {
        return Golden.cases(RESOURCES.resolve("timers"), ".timer", ".expected", UnitGoldenTest::load);
    }

    @TestFactory
    List<DynamicTest> pathFileBecomesWhatItsGoldenFileSays() {
        return Golden.cases(RESOURCES.resolve("paths"), ".path", ".expected", UnitGoldenTest::load);
    }

    @TestFactory
    List<DynamicTest> folderBecomesWhatItsGoldenFileSays() throws IOException {
        try (Stream<Path> folders = Files.list(RESOURCES.resolve("folders"))) {
            return folders.filter(Files::isDirectory)
                    .sorted()
                    .map(folder -> DynamicTest.dynamicTest(
                            folder.getFileName().toString(),
                            () -> Golden.check(
                                    folder.resolveSibling(folder.getFileName() + ".expected"), load(folder))))
                    .toList();
        }
    }

    @Test
    void documentationHoldsTheKeyTable() {
        Golden.check(Path.of("../docs/systemd-settings.md"), """
                # What becomes of each systemd setting

                *yes*: as in systemd. *partly*: as in systemd, but for what is said. *no need*: read, changes nothing here.
                *not yet*: a warning says that it has no effect. *refused*: an error; the unit does not run.
                (Generated from the program's own table.)

                """ + CompatibilityTable.markdown());
    }

    @Test
    void everySettingOfSystemdHasARow() throws IOException {
        Path systemd = Path.of("/lib/systemd/systemd");
        assumeTrue(Files.isExecutable(systemd), "systemd is not installed");
        Process process = new ProcessBuilder(systemd.toString(), "--dump-configuration-items").start();
        List<String> missing = new ArrayList<>();
        String section = "";
        for (String line : new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList()) {
            if (line.startsWith("[")) {
                section = line.substring(1, line.indexOf(']'));
            } else if (KeyTable.SECTIONS.contains(section) && line.contains("=")) {
                String name = line.substring(0, line.indexOf('='));
                if (KeyTable.find(section, name).isEmpty()) {
                    missing.add(section + "." + name);
                }
            }
        }
        assertThat(missing).isEmpty();
    }

    private static String load(Path path) {
        Problems problems = new Problems();
        UnitSet units = UnitFolder.load(path, new UnitOptions(Optional.empty(), MACHINE), problems);
        String said = problems.isEmpty() ? "" : problems.render() + "\n\n";
        // Names are relative to the module, so messages are the same wherever it lies.
        return (said + Dump.of(units)).replace(RESOURCES + "/", "");
    }

    static final Machine MACHINE = new Machine(
            "alice",
            1000,
            "users",
            100,
            "/home/alice",
            "/bin/bash",
            "web1.example.org",
            "0123456789abcdef0123456789abcdef",
            "fedcba9876543210fedcba9876543210",
            "6.1.0",
            "x86-64",
            Map.of("ID", "debian", "VERSION_ID", "12"));
}
