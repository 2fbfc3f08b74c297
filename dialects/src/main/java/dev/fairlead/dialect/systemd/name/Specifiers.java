package dev.fairlead.dialect.systemd.name;

import dev.fairlead.source.Problems;
import dev.fairlead.source.Span;
import java.nio.file.Path;
import java.util.Optional;

/// Replaces `%i` and its kin. A percent sign before anything but a letter stands for itself; before a letter
/// that has no meaning it makes the word unusable, which is reported.
public final class Specifiers {
    private final UnitName name;
    private final Path file;
    private final UnitOptions options;

    /// @param file the unit's own file
    public Specifiers(UnitName name, Path file, UnitOptions options) {
        this.name = name;
        this.file = file;
        this.options = options;
    }

    /// The text with everything replaced; empty (and reported) if something in it has no meaning.
    public Optional<String> expand(String text, Span span, Problems problems) {
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '%' || i + 1 == text.length()) {
                out.append(c);
                continue;
            }
            char specifier = text.charAt(++i);
            Optional<String> meaning = meaning(specifier);
            if (meaning.isPresent()) {
                out.append(meaning.get());
            } else if (Character.isLetter(specifier)) {
                problems.warning(
                        "systemd.unknown-specifier",
                        span,
                        "Failed to resolve unit specifiers in " + text + ", ignoring: Invalid slot",
                        "%" + specifier + " has no meaning; write %% for a percent sign");
                return Optional.empty();
            } else {
                out.append('%').append(specifier);
            }
        }
        return Optional.of(out.toString());
    }

    private Optional<String> meaning(char specifier) {
        Optional<String> own = ofUnit(specifier);
        return own.isPresent() ? own : ofFolders(specifier).or(() -> ofMachine(specifier));
    }

    private Optional<String> ofUnit(char specifier) {
        return switch (specifier) {
            case '%' -> Optional.of("%");
            case 'n' -> Optional.of(name.toString());
            case 'N' -> Optional.of(name.stem());
            case 'p' -> Optional.of(name.prefix());
            case 'P' -> Optional.of(UnitName.unescape(name.prefix()));
            case 'i' -> Optional.of(name.instance());
            case 'I' -> Optional.of(UnitName.unescape(name.instance()));
            case 'j' -> Optional.of(name.lastComponent());
            case 'J' -> Optional.of(UnitName.unescape(name.lastComponent()));
            case 'f' -> Optional.of(asPath(UnitName.unescape(name.isInstance() ? name.instance() : name.prefix())));
            case 'y' -> Optional.of(file.toString());
            case 'Y' -> Optional.of(String.valueOf(file.getParent()));
            default -> Optional.empty();
        };
    }

    private static String asPath(String text) {
        return text.startsWith("/") ? text : "/" + text;
    }

    private Optional<String> ofFolders(char specifier) {
        return switch (specifier) {
            case 't' -> Optional.of(options.underRoot("/run"));
            case 'S' -> Optional.of(options.underRoot("/var/lib"));
            case 'C' -> Optional.of(options.underRoot("/var/cache"));
            case 'L' -> Optional.of(options.underRoot("/var/log"));
            case 'E' -> Optional.of(options.underRoot("/etc"));
            case 'T' -> Optional.of("/tmp");
            case 'V' -> Optional.of("/var/tmp");
            case 'd' -> Optional.of(options.underRoot("/run/credentials/" + name));
            default -> Optional.empty();
        };
    }

    private Optional<String> ofMachine(char specifier) {
        Machine machine = options.machine();
        return switch (specifier) {
            case 'u' -> Optional.of(machine.user());
            case 'U' -> Optional.of(Integer.toString(machine.uid()));
            case 'g' -> Optional.of(machine.group());
            case 'G' -> Optional.of(Integer.toString(machine.gid()));
            case 'h' -> Optional.of(machine.home());
            case 's' -> Optional.of(machine.shell());
            case 'H' -> Optional.of(machine.hostName());
            case 'q' -> Optional.of(machine.hostName());
            case 'l' -> Optional.of(machine.hostName().split("\\.", 2)[0]);
            case 'm' -> Optional.of(machine.machineId());
            case 'b' -> Optional.of(machine.bootId());
            case 'v' -> Optional.of(machine.kernelRelease());
            case 'a' -> Optional.of(machine.architecture());
            case 'o' -> Optional.of(machine.osRelease().getOrDefault("ID", ""));
            case 'w' -> Optional.of(machine.osRelease().getOrDefault("VERSION_ID", ""));
            case 'W' -> Optional.of(machine.osRelease().getOrDefault("VARIANT_ID", ""));
            case 'B' -> Optional.of(machine.osRelease().getOrDefault("BUILD_ID", ""));
            case 'A' -> Optional.of(machine.osRelease().getOrDefault("IMAGE_VERSION", ""));
            case 'M' -> Optional.of(machine.osRelease().getOrDefault("IMAGE_ID", ""));
            default -> Optional.empty();
        };
    }
}
