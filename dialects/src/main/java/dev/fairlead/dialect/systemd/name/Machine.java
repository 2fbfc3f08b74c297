package dev.fairlead.dialect.systemd.name;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// What unit files may ask about the machine and about the user who runs the supervisor.
///
/// @param osRelease the entries of `/etc/os-release`
public record Machine(
        String user,
        int uid,
        String group,
        int gid,
        String home,
        String shell,
        String hostName,
        String machineId,
        String bootId,
        String kernelRelease,
        String architecture,
        Map<String, String> osRelease) {
    public Machine {
        osRelease = Map.copyOf(osRelease);
    }

    /// This machine and this user.
    public static Machine current() {
        String user = System.getProperty("user.name");
        int uid = number(Path.of("/proc/self"), "unix:uid");
        int gid = number(Path.of("/proc/self"), "unix:gid");
        return new Machine(
                user,
                uid,
                entry(Path.of("/etc/group"), 2, gid, 0).orElse(Integer.toString(gid)),
                gid,
                System.getProperty("user.home"),
                entry(Path.of("/etc/passwd"), 2, uid, 6).orElse("/bin/sh"),
                text("/proc/sys/kernel/hostname"),
                text("/etc/machine-id"),
                text("/proc/sys/kernel/random/boot_id").replace("-", ""),
                text("/proc/sys/kernel/osrelease"),
                architecture(System.getProperty("os.arch")),
                readOsRelease());
    }

    /// In systemd's words.
    private static String architecture(String name) {
        return switch (name) {
            case "amd64" -> "x86-64";
            case "aarch64" -> "arm64";
            case String other -> other;
        };
    }

    private static int number(Path path, String attribute) {
        try {
            return (Integer) Files.getAttribute(path, attribute);
        } catch (IOException unreadable) {
            return -1;
        }
    }

    private static String text(String path) {
        try {
            return Files.readString(Path.of(path)).strip();
        } catch (IOException unreadable) {
            return "";
        }
    }

    /// A field of the line of a colon-separated file that has this number in another field.
    private static Optional<String> entry(Path file, int keyField, int key, int field) {
        try {
            for (String line : Files.readAllLines(file, StandardCharsets.ISO_8859_1)) {
                String[] fields = line.split(":", -1);
                if (fields.length > Math.max(keyField, field) && fields[keyField].equals(Integer.toString(key))) {
                    return Optional.of(fields[field]);
                }
            }
            return Optional.empty();
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    private static Map<String, String> readOsRelease() {
        Map<String, String> entries = new LinkedHashMap<>();
        for (String line : text("/etc/os-release").split("\n", -1)) {
            int equals = line.indexOf('=');
            if (equals > 0) {
                entries.put(
                        line.substring(0, equals), line.substring(equals + 1).replace("\"", ""));
            }
        }
        return entries;
    }
}
