package dev.fairlead.cli.systemctl;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// What this machine is called.
public final class HostName {
    private HostName() {}

    public static String get() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
        } catch (IOException unknown) {
            return "localhost";
        }
    }
}
