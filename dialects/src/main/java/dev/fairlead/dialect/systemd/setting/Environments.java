package dev.fairlead.dialect.systemd.setting;

import dev.fairlead.dialect.systemd.text.Assignment;
import dev.fairlead.dialect.systemd.text.Words;
import dev.fairlead.model.service.execution.EnvironmentSource;
import dev.fairlead.model.service.execution.EnvironmentSource.FromFile;
import dev.fairlead.model.service.execution.EnvironmentSource.Inherited;
import dev.fairlead.model.service.execution.EnvironmentSource.Unset;
import dev.fairlead.model.service.execution.EnvironmentSource.Variable;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// The settings that make a service's environment.
final class Environments {
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private Environments() {}

    static void variables(Assignment assignment, Reading reading) {
        if (resets(assignment, reading, Variable.class)) {
            return;
        }
        for (Words.Word word : Words.quoted(assignment.value()).all(reading.problems())) {
            Optional<String> text = reading.specifiers().expand(word.text(), word.span(), reading.problems());
            if (text.isEmpty()) {
                continue;
            }
            int equals = text.get().indexOf('=');
            if (equals > 0 && NAME.matcher(text.get().substring(0, equals)).matches()) {
                reading.draft()
                        .environment
                        .add(new Variable(
                                text.get().substring(0, equals), text.get().substring(equals + 1), word.span()));
            } else {
                reading.problems()
                        .warning(
                                "systemd.environment",
                                word.span(),
                                "Invalid environment assignment, ignoring: " + text.get(),
                                hint(text.get(), assignment));
            }
        }
    }

    private static String hint(String word, Assignment assignment) {
        if (!word.contains("=") && assignment.value().text().contains("=")) {
            return "blanks separate assignments; write \"NAME=a value\" in quotes to keep blanks";
        }
        return "NAME=value, the name of letters, digits and _ and not beginning with a digit";
    }

    static void file(Assignment assignment, Reading reading) {
        if (resets(assignment, reading, FromFile.class)) {
            return;
        }
        reading.text(assignment).ifPresent(text -> {
            boolean mayBeMissing = text.startsWith("-");
            String path = mayBeMissing ? text.substring(1) : text;
            if (path.startsWith("/")) {
                reading.draft()
                        .environment
                        .add(new FromFile(reading.options().resolve(path), mayBeMissing, assignment.span()));
            } else {
                reading.ignore(
                        assignment,
                        "EnvironmentFile= path is not absolute, ignoring: ",
                        "a path from / on, with - before it if it may be missing");
            }
        });
    }

    static void inherited(Assignment assignment, Reading reading) {
        if (resets(assignment, reading, Inherited.class)) {
            return;
        }
        for (Words.Word word : names(assignment, reading)) {
            if (NAME.matcher(word.text()).matches()) {
                reading.draft().environment.add(new Inherited(word.text(), word.span()));
            } else {
                reportName(assignment, reading, word);
            }
        }
    }

    static void unset(Assignment assignment, Reading reading) {
        if (resets(assignment, reading, Unset.class)) {
            return;
        }
        for (Words.Word word : names(assignment, reading)) {
            int equals = word.text().indexOf('=');
            String name = equals < 0 ? word.text() : word.text().substring(0, equals);
            if (NAME.matcher(name).matches()) {
                Optional<String> value =
                        equals < 0 ? Optional.empty() : Optional.of(word.text().substring(equals + 1));
                reading.draft().environment.add(new Unset(name, value, word.span()));
            } else {
                reportName(assignment, reading, word);
            }
        }
    }

    private static void reportName(Assignment assignment, Reading reading, Words.Word word) {
        reading.problems()
                .warning(
                        "systemd.environment",
                        word.span(),
                        "Invalid environment name for " + assignment.key() + ", ignoring: " + word.text());
    }

    private static List<Words.Word> names(Assignment assignment, Reading reading) {
        return Words.quoted(assignment.value()).all(reading.problems()).stream()
                .flatMap(word -> reading.specifiers().expand(word.text(), word.span(), reading.problems()).stream()
                        .map(text -> new Words.Word(text, word.raw(), word.span())))
                .toList();
    }

    /// An empty assignment forgets what the same setting said before.
    private static boolean resets(Assignment assignment, Reading reading, Class<? extends EnvironmentSource> kind) {
        if (assignment.value().isEmpty()) {
            reading.draft().environment.removeIf(kind::isInstance);
            return true;
        }
        return false;
    }
}
