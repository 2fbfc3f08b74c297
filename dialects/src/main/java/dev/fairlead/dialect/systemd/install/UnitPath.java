package dev.fairlead.dialect.systemd.install;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// The folders in which units lie, the first to be looked in first, below a folder that stands for `/`.
///
/// @param root absolute
public record UnitPath(Path root) {
    private static final List<String> FOLDERS = List.of(
            "etc/systemd/system.control",
            "run/systemd/system.control",
            "run/systemd/transient",
            "run/systemd/generator.early",
            "etc/systemd/system",
            "etc/systemd/system.attached",
            "run/systemd/system",
            "run/systemd/system.attached",
            "run/systemd/generator",
            "usr/local/lib/systemd/system",
            "usr/lib/systemd/system",
            "lib/systemd/system",
            "run/systemd/generator.late");
    private static final List<String> PRESETS = List.of(
            "etc/systemd/system-preset",
            "run/systemd/system-preset",
            "usr/local/lib/systemd/system-preset",
            "usr/lib/systemd/system-preset",
            "lib/systemd/system-preset");

    public UnitPath {
        root = root.toAbsolutePath().normalize();
    }

    /// Where links are made that last.
    public Path lasting() {
        return root.resolve("etc/systemd/system");
    }

    /// Where links are made that are gone after a restart of the machine.
    public Path passing() {
        return root.resolve("run/systemd/system");
    }

    Path made(boolean passing) {
        return passing ? passing() : lasting();
    }

    List<Path> folders() {
        return FOLDERS.stream().map(root::resolve).toList();
    }

    List<Path> presetFolders() {
        return PRESETS.stream().map(root::resolve).toList();
    }

    boolean isConfiguration(Path folder) {
        return folder.equals(lasting()) || folder.equals(passing());
    }

    boolean isOfRuntime(Path path) {
        return path.startsWith(root.resolve("run"));
    }

    /// Whether it was made by a generator or for the moment.
    boolean isMadeUp(Path file) {
        return isGenerated(file)
                || file.startsWith(root.resolve("run/systemd/transient"))
                || file.startsWith(root.resolve("etc/systemd/system.control"))
                || file.startsWith(root.resolve("run/systemd/system.control"));
    }

    boolean isGenerated(Path file) {
        return Optional.ofNullable(file.getParent())
                .filter(folder -> folder.toString().contains("/run/systemd/generator"))
                .isPresent();
    }

    boolean isVendors(Path folder) {
        return folder.startsWith(root.resolve("usr")) || folder.startsWith(root.resolve("lib"));
    }

    /// Whether a file lies directly in one of the folders.
    boolean holds(Path file) {
        Path parent = file.getParent();
        return parent != null && folders().contains(parent);
    }

    /// As it is written in a link: without the root.
    String inside(Path path) {
        return path.startsWith(root) ? "/" + root.relativize(path) : path.toString();
    }

    /// Where a path that is written in a link at `from` really is.
    Path outside(Path from, String written) {
        Path parent = from.getParent();
        return written.startsWith("/") || parent == null
                ? root.resolve(written.replaceFirst("^/+", "")).normalize()
                : parent.resolve(written).normalize();
    }

    /// Whether two ways of writing a link's target mean the same file.
    boolean areSame(Path link, String one, String other) {
        Path first = outside(link, one);
        Path second = outside(link, other);
        return first.equals(second)
                || (Objects.equals(first.getFileName(), second.getFileName()) && lieTogether(first, second));
    }

    private static boolean lieTogether(Path one, Path other) {
        Path first = one.getParent();
        Path second = other.getParent();
        try {
            return first != null && second != null && Files.isSameFile(first, second);
        } catch (IOException absent) {
            return false;
        }
    }
}
