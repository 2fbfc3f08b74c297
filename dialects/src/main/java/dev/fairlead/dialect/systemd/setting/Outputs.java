package dev.fairlead.dialect.systemd.setting;

import dev.fairlead.dialect.systemd.text.Assignment;
import dev.fairlead.model.service.execution.OutputTarget;
import dev.fairlead.model.service.execution.OutputTarget.FileMode;
import java.nio.file.Path;
import java.util.Optional;

/// The values of `StandardOutput=` and `StandardError=`.
final class Outputs {
    private Outputs() {}

    static Optional<OutputTarget> read(Assignment assignment, Reading reading) {
        String text = assignment.value().text();
        return switch (text) {
            case "journal", "syslog", "journal+console", "syslog+console" -> Optional.of(new OutputTarget.Journal());
            case "null" -> Optional.of(new OutputTarget.Discard());
            case "inherit" -> Optional.of(new OutputTarget.Inherit());
            case "socket" -> Optional.of(new OutputTarget.Socket());
            case "tty", "kmsg", "kmsg+console" -> unsupported(assignment, reading);
            default -> toFile(assignment, reading, text);
        };
    }

    private static Optional<OutputTarget> toFile(Assignment assignment, Reading reading, String text) {
        int colon = text.indexOf(':');
        Optional<FileMode> mode = switch (colon < 0 ? "" : text.substring(0, colon)) {
            case "file" -> Optional.of(FileMode.OVERWRITE);
            case "append" -> Optional.of(FileMode.APPEND);
            case "truncate" -> Optional.of(FileMode.TRUNCATE);
            default -> Optional.empty();
        };
        if (mode.isEmpty()) {
            if (text.startsWith("fd:")) {
                return unsupported(assignment, reading);
            }
            reading.ignore(
                    assignment,
                    "Failed to parse output specifier, ignoring: ",
                    "journal, null, inherit, file:/path, append:/path or truncate:/path");
            return Optional.empty();
        }
        Optional<String> path = reading.specifiers()
                .expand(text.substring(colon + 1), assignment.value().span(), reading.problems());
        if (path.isEmpty() || !path.get().startsWith("/")) {
            reading.ignore(assignment, "Failed to parse output specifier, ignoring: ", "a path from / on");
            return Optional.empty();
        }
        Path resolved = reading.options().resolve(path.get());
        return Optional.of(new OutputTarget.ToFile(resolved, mode.get()));
    }

    private static Optional<OutputTarget> unsupported(Assignment assignment, Reading reading) {
        reading.problems()
                .warning(
                        "systemd.no-effect",
                        assignment.span(),
                        assignment.key() + "=" + assignment.value() + " has no effect yet",
                        "the output is captured in the journal");
        return Optional.of(new OutputTarget.Journal());
    }
}
