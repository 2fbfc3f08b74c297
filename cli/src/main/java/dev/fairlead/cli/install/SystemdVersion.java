package dev.fairlead.cli.install;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Which systemd a machine has, told by the name of its library, so that this also works for a machine that does
/// not run.
final class SystemdVersion {
    /// `libsystemd-shared-252.so`, `libsystemd-shared-255.4-1.so`.
    private static final Pattern LIBRARY = Pattern.compile("libsystemd-shared-(\\d{1,4})\\b.*\\.so");

    private SystemdVersion() {}

    /// @param root stands for `/`
    static OptionalInt of(Path root) {
        OptionalInt newest = OptionalInt.empty();
        for (String folder : new String[] {"usr/lib", "usr/lib64", "lib"}) {
            newest = newer(newest, in(root.resolve(folder).resolve("systemd")));
            // Debian puts it below the name of the processor's family.
            try (DirectoryStream<Path> families = Files.newDirectoryStream(root.resolve(folder), "*-linux-*")) {
                for (Path family : families) {
                    newest = newer(newest, in(family.resolve("systemd")));
                }
            } catch (IOException absent) {
                // Then nothing lies there.
            }
        }
        return newest;
    }

    private static OptionalInt newer(OptionalInt one, OptionalInt other) {
        return one.isEmpty() || (other.isPresent() && other.getAsInt() > one.getAsInt()) ? other : one;
    }

    private static OptionalInt in(Path folder) {
        OptionalInt newest = OptionalInt.empty();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "libsystemd-shared-*")) {
            for (Path file : files) {
                Matcher matcher = LIBRARY.matcher(String.valueOf(file.getFileName()));
                if (matcher.matches()) {
                    newest = newer(newest, OptionalInt.of(Integer.parseInt(matcher.group(1))));
                }
            }
        } catch (IOException absent) {
            return newest;
        }
        return newest;
    }
}
