package dev.fairlead.dialect.systemd;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What the machine's systemd makes of units, as it shows it in its test mode, which must not be root.
final class SystemdDump {
    private static final Path SYSTEMD = Path.of("/lib/systemd/systemd");

    private SystemdDump() {}

    /// Writes each text as the unit `case-N.service`, and one that wants them all.
    ///
    /// @return the lines about each unit it has read, by its name
    static Map<String, List<String>> of(Path folder, List<String> texts) throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(SYSTEMD), "systemd is not installed");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        StringBuilder all = new StringBuilder("[Unit]\nDefaultDependencies=no\nWants=");
        for (int i = 0; i < texts.size(); i++) {
            Files.writeString(folder.resolve("case-" + i + ".service"), texts.get(i));
            all.append("case-").append(i).append(".service ");
        }
        Files.writeString(folder.resolve("all.service"), all + "\n[Service]\nExecStart=/bin/true\n");
        Map<String, List<String>> units = read(folder);
        assumeTrue(units.containsKey("all.service"), "systemd does not run here");
        return units;
    }

    private static Map<String, List<String>> read(Path folder) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        boolean isRoot = (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid") == 0;
        if (isRoot) {
            assumeTrue(Files.isExecutable(Path.of("/usr/bin/setpriv")), "setpriv is not installed");
            command.addAll(List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"));
        }
        command.addAll(List.of(
                "env",
                "-i",
                "HOME=/nonexistent",
                "LANG=C.UTF-8",
                "PATH=/usr/bin:/bin",
                "SYSTEMD_UNIT_PATH=" + folder,
                SYSTEMD.toString(),
                "--test",
                "--system",
                "--unit=all.service"));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        Map<String, List<String>> units = new LinkedHashMap<>();
        List<String> current = new ArrayList<>();
        for (String line : said.lines().toList()) {
            if (line.startsWith("-> By jobs")) {
                break;
            }
            if (line.startsWith("\t-> Unit ")) {
                current = new ArrayList<>();
                units.put(line.substring("\t-> Unit ".length(), line.length() - 1), current);
            }
            current.add(line.strip());
        }
        units.keySet().removeIf(name -> !name.startsWith("case-") && !name.equals("all.service"));
        return units;
    }
}
