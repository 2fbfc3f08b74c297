package dev.fairlead.dialect.systemd.setting;

import dev.fairlead.dialect.systemd.setting.Draft.Step;
import dev.fairlead.dialect.systemd.text.Assignment;
import dev.fairlead.dialect.systemd.text.Words;
import dev.fairlead.model.service.execution.Command;
import dev.fairlead.source.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Command lines as `ExecStart=` has them: prefixes, a program, words, several of them separated by a lone `;`.
final class CommandLines {
    private static final String PREFIXES = "-@:+!";

    private final Assignment assignment;
    private final Reading reading;
    private final Words words;

    private CommandLines(Assignment assignment, Reading reading) {
        this.assignment = assignment;
        this.reading = reading;
        this.words = Words.ofCommand(assignment.value());
    }

    static void read(Assignment assignment, Reading reading, Step step) {
        List<Command> commands = reading.draft().commands(step);
        if (assignment.value().isEmpty()) {
            commands.clear();
            return;
        }
        ShellSlips.look(assignment, reading.problems());
        CommandLines lines = new CommandLines(assignment, reading);
        while (!lines.words.isAtEnd()) {
            Optional<Command> command = lines.next();
            if (command.isEmpty()) {
                return;
            }
            commands.add(command.get());
        }
    }

    private Optional<Command> next() {
        Optional<Words.Word> first = words.next(reading.problems());
        if (first.isEmpty()) {
            return Optional.empty();
        }
        String prefixes = prefixes(first.get().text());
        String written = first.get().text().substring(prefixes.length());
        Optional<String> program =
                reading.specifiers().expand(written, first.get().span(), reading.problems());
        if (program.isEmpty() || !isProgram(program.get(), first.get().span(), prefixes.contains("-"))) {
            return Optional.empty();
        }
        return arguments(program.get(), prefixes.contains("@"))
                .map(arguments -> new Command(
                        locate(program.get()),
                        arguments,
                        prefixes.contains("-"),
                        !prefixes.contains(":"),
                        privileges(prefixes),
                        first.get().span().to(assignment.value().span())));
    }

    private static String prefixes(String word) {
        int end = 0;
        while (end < word.length() && PREFIXES.indexOf(word.charAt(end)) >= 0) {
            end++;
        }
        return word.substring(0, end);
    }

    /// `!!` means `!` only where the kernel knows no ambient capabilities.
    private static Command.Privileges privileges(String prefixes) {
        if (prefixes.contains("+")) {
            return Command.Privileges.FULL;
        }
        return prefixes.contains("!") && !prefixes.contains("!!")
                ? Command.Privileges.OWN_USER
                : Command.Privileges.OF_SERVICE;
    }

    /// The words up to the end or a lone `;`, the program's own name first; empty where one cannot be read.
    private Optional<List<String>> arguments(String program, boolean namesItself) {
        List<String> arguments = new ArrayList<>();
        if (!namesItself) {
            arguments.add(program);
        }
        while (!words.isAtEnd()) {
            if (words.takes(";")) {
                break;
            }
            if (words.takes("\\;")) {
                arguments.add(";");
                continue;
            }
            Optional<String> argument = words.next(reading.problems())
                    .flatMap(word -> reading.specifiers().expand(word.text(), word.span(), reading.problems()));
            if (argument.isEmpty()) {
                return Optional.empty();
            }
            arguments.add(argument.get());
        }
        if (arguments.isEmpty()) {
            error("systemd.empty-command", assignment.span(), "Empty executable name or zeroeth argument");
            return Optional.empty();
        }
        return Optional.of(arguments);
    }

    private boolean isProgram(String program, Span span, boolean failureIsIgnored) {
        if (program.isEmpty()) {
            if (failureIsIgnored) {
                reading.problems()
                        .warning(
                                "systemd.empty-command",
                                span,
                                "Empty path in command line, ignoring: '" + assignment.value() + "'",
                                "what stands behind - is run; write a program there");
            } else {
                error("systemd.empty-command", span, "Empty path in command line: " + assignment.value());
            }
            return false;
        }
        if (program.endsWith("/")) {
            error("systemd.program", span, "Executable path specifies a directory: " + program);
            return false;
        }
        if (program.startsWith("/") || !program.contains("/")) {
            return true;
        }
        String message = "Neither a valid executable name nor an absolute path: " + program;
        String hint = "write the whole path, from / on; WorkingDirectory= is not searched";
        if (failureIsIgnored) {
            reading.problems().warning("systemd.program", span, message, hint);
        } else {
            reading.problems().error("systemd.program", span, message, hint);
        }
        return false;
    }

    private void error(String rule, Span span, String message) {
        reading.problems().error(rule, span, message);
    }

    private String locate(String program) {
        return program.startsWith("/")
                ? reading.options().resolveIfThere(program).toString()
                : program;
    }
}
