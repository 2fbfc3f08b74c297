package dev.fairlead.dialect.systemd.setting;

import dev.fairlead.dialect.systemd.text.Assignment;
import dev.fairlead.dialect.systemd.text.Escapes;
import dev.fairlead.model.service.execution.Confinement.Input;
import dev.fairlead.model.service.execution.Named;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/// The values of `StandardInput=` and its kin, and of `DynamicUser=`.
final class Inputs {
    private Inputs() {}

    static void read(Assignment assignment, Reading reading) {
        ConfinementDraft draft = reading.draft().confinement;
        String text = assignment.value().text();
        switch (text) {
            case "null", "" -> draft.input = Optional.of(new Input.Nothing());
            case "data" -> draft.input = Optional.empty();
            case "socket" -> draft.input = Optional.of(new Input.Socket());
            case "tty", "tty-force", "tty-fail" -> unsupported(assignment, reading);
            default -> {
                if (text.startsWith("file:/")) {
                    reading.specifiers()
                            .expand(
                                    text.substring("file:".length()),
                                    assignment.value().span(),
                                    reading.problems())
                            .ifPresent(path -> draft.input = Optional.of(
                                    new Input.FromFile(reading.options().resolve(path), assignment.span())));
                } else if (text.startsWith("fd:")) {
                    unsupported(assignment, reading);
                } else {
                    reading.ignore(
                            assignment,
                            "Failed to parse input specifier, ignoring: ",
                            "null, data, socket or file:/path");
                }
            }
        }
    }

    private static void unsupported(Assignment assignment, Reading reading) {
        reading.problems()
                .warning(
                        "systemd.no-effect",
                        assignment.span(),
                        "StandardInput=" + assignment.value() + " has no effect",
                        "services have no terminal; they read from /dev/null");
    }

    static void text(Assignment assignment, Reading reading) {
        if (assignment.value().isEmpty()) {
            reading.draft().confinement.inputText = "";
            return;
        }
        StringBuilder line = new StringBuilder();
        // Escapes are C's, quotes are letters.
        Optional<String> unescaped = Escapes.all(assignment.value().text());
        reading.specifiers()
                .expand(
                        unescaped.orElse(assignment.value().text()),
                        assignment.value().span(),
                        reading.problems())
                .ifPresent(text -> line.append(text).append('\n'));
        reading.draft().confinement.inputText += line;
    }

    static void data(Assignment assignment, Reading reading) {
        if (assignment.value().isEmpty()) {
            reading.draft().confinement.inputText = "";
            return;
        }
        try {
            byte[] bytes = Base64.getMimeDecoder().decode(assignment.value().text());
            reading.draft().confinement.inputText += new String(bytes, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notBase64) {
            reading.ignore(assignment, "Failed to decode base64 data, ignoring: ", "Base64");
        }
    }

    static void dynamicUser(Assignment assignment, Reading reading) {
        reading.bool(assignment).filter(on -> on).ifPresent(on -> {
            reading.problems()
                    .warning(
                            "systemd.no-effect",
                            assignment.span(),
                            "DynamicUser= makes no user here",
                            "the service runs as nobody; User= says as whom else");
            if (reading.draft().user.isEmpty()) {
                reading.draft().user = Optional.of(new Named("nobody", assignment.span()));
            }
        });
    }
}
