package dev.fairlead.dialect.systemd.setting;

import dev.fairlead.dialect.systemd.name.Specifiers;
import dev.fairlead.dialect.systemd.name.UnitName;
import dev.fairlead.dialect.systemd.name.UnitNames;
import dev.fairlead.dialect.systemd.name.UnitOptions;
import dev.fairlead.dialect.systemd.text.Assignment;
import dev.fairlead.dialect.systemd.text.Slips;
import dev.fairlead.dialect.systemd.text.Words;
import dev.fairlead.dialect.systemd.time.TimeSpan;
import dev.fairlead.model.service.lifecycle.ExitSet;
import dev.fairlead.model.service.lifecycle.Signal;
import dev.fairlead.source.Problems;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/// One unit being read: where its values go and what they are read with. A value that cannot be read is
/// reported in systemd's words and left out, as systemd does.
///
/// @param draft what has been read so far
public record Reading(Draft draft, Specifiers specifiers, UnitOptions options, Problems problems) {
    private static final Set<String> YES = Set.of("1", "yes", "y", "true", "t", "on");
    private static final Set<String> NO = Set.of("0", "no", "n", "false", "f", "off");
    private static final int ALL_PERMISSIONS = 07777;
    private static final int LARGEST_EXIT_STATUS = 255;

    /// The whole value with specifiers replaced.
    Optional<String> text(Assignment assignment) {
        return specifiers.expand(assignment.value().text(), assignment.value().span(), problems);
    }

    /// The words of a value with specifiers replaced; quotes keep together, a backslash is a letter.
    List<Words.Word> words(Assignment assignment) {
        return Words.plain(assignment.value()).all(problems).stream()
                .flatMap(word -> specifiers.expand(word.text(), word.span(), problems).stream()
                        .map(text -> new Words.Word(text, word.raw(), word.span())))
                .toList();
    }

    /// The units that the words of a value name. A word that is none that fits is left out and reported. What looks
    /// like a misspelt target of systemd is reported, too, but kept.
    ///
    /// @param refusal what is said of a word that is left out
    List<String> units(Assignment assignment, Predicate<UnitName> fits, UnaryOperator<String> refusal) {
        List<String> names = new ArrayList<>();
        for (Words.Word word : words(assignment)) {
            String name = word.text();
            if (UnitName.parse(name).filter(fits).isPresent()) {
                names.add(name);
                UnitNames.misspelt(name)
                        .ifPresent(meant -> problems.warning(
                                "systemd.unusual-target",
                                word.span(),
                                "systemd itself has no " + name,
                                "did you mean " + meant + "?"));
            } else {
                problems.warning("systemd.invalid-unit-name", word.span(), refusal.apply(name), UnitNames.hint(name));
            }
        }
        return names;
    }

    Optional<Boolean> bool(Assignment assignment) {
        String word = assignment.value().text().toLowerCase(Locale.ROOT);
        if (YES.contains(word)) {
            return Optional.of(true);
        }
        if (NO.contains(word)) {
            return Optional.of(false);
        }
        ignore(assignment, "Failed to parse boolean value, ignoring: ", "yes or no");
        return Optional.empty();
    }

    Optional<Duration> duration(Assignment assignment) {
        Optional<Duration> span = TimeSpan.parse(assignment.value().text());
        if (span.isEmpty()) {
            ignore(
                    assignment,
                    "Failed to parse " + assignment.key() + "= parameter, ignoring: ",
                    "a number of seconds, or units such as 1min 30s, 500ms, infinity");
        }
        return span;
    }

    /// How long something may take; empty: any time.
    record TimeLimit(Optional<Duration> most) {}

    /// A time that a step may take: `0` and `infinity` mean any time.
    Optional<TimeLimit> timeout(Assignment assignment) {
        return duration(assignment)
                .map(span -> new TimeLimit(
                        span.isZero() || span.equals(TimeSpan.INFINITY) ? Optional.empty() : Optional.of(span)));
    }

    Optional<Integer> number(Assignment assignment, int least, int most) {
        try {
            int number = Integer.parseInt(assignment.value().text());
            if (number >= least && number <= most) {
                return Optional.of(number);
            }
        } catch (NumberFormatException none) {
            // reported below, as a number out of range is
        }
        ignore(
                assignment,
                "Failed to parse " + assignment.key() + "= value, ignoring: ",
                "a number from " + least + " to " + most);
        return Optional.empty();
    }

    /// Permissions of a file.
    Optional<Integer> mode(Assignment assignment) {
        try {
            int mode = Integer.parseInt(assignment.value().text(), 8);
            if (mode >= 0 && mode <= ALL_PERMISSIONS) {
                return Optional.of(mode);
            }
        } catch (NumberFormatException none) {
            // reported below, as a mode out of range is
        }
        ignore(assignment, "Failed to parse mode value, ignoring: ", "an octal mode such as 0660");
        return Optional.empty();
    }

    /// Bytes, as many as the kernel's options can hold.
    Optional<Integer> size(Assignment assignment) {
        Optional<Integer> size = Limits.size(assignment.value().text())
                .filter(bytes -> bytes <= Integer.MAX_VALUE)
                .map(Long::intValue);
        if (size.isEmpty()) {
            ignore(
                    assignment,
                    "Failed to parse size value, ignoring: ",
                    "a number of bytes, or one with K, M or G such as 64K");
        }
        return size;
    }

    Optional<Signal> signal(Assignment assignment) {
        Optional<Signal> signal = Signal.parse(assignment.value().text());
        if (signal.isEmpty()) {
            ignore(assignment, "Failed to parse " + assignment.key() + "= value, ignoring: ", "such as SIGTERM");
        }
        return signal;
    }

    /// An absolute path, as it is under the root.
    Optional<Path> path(Assignment assignment) {
        return text(assignment).flatMap(text -> {
            if (!text.startsWith("/")) {
                ignore(assignment, assignment.key() + "= path is not absolute, ignoring: ", "a path from / on");
                return Optional.empty();
            }
            return Optional.of(options.resolve(text));
        });
    }

    /// Exit codes, their names and signals, added to those there.
    ExitSet exits(Assignment assignment, ExitSet before) {
        Set<Integer> codes = new HashSet<>(before.codes());
        Set<Integer> signals = new HashSet<>(before.signals());
        for (Words.Word word : Words.plain(assignment.value()).all(problems)) {
            Optional<Integer> code = exitCode(word.text());
            Optional<Signal> signal = Signal.parse(word.text());
            if (code.isPresent()) {
                codes.add(code.get());
            } else if (signal.isPresent()) {
                signals.add(signal.get().number());
            } else {
                problems.warning(
                        "systemd.invalid-value",
                        word.span(),
                        "Failed to parse value, ignoring: " + word.text(),
                        "an exit status from 0 to 255 or a signal such as SIGTERM");
            }
        }
        return new ExitSet(codes, signals);
    }

    private static Optional<Integer> exitCode(String word) {
        Optional<Integer> named = ExitNames.code(word);
        if (named.isPresent()) {
            return named;
        }
        try {
            int code = Integer.parseInt(word);
            return code >= 0 && code <= LARGEST_EXIT_STATUS ? Optional.of(code) : Optional.empty();
        } catch (NumberFormatException none) {
            return Optional.empty();
        }
    }

    /// Reports a value that is left out.
    void ignore(Assignment assignment, String message, String expected) {
        String value = assignment.value().text();
        problems.warning(
                "systemd.invalid-value",
                assignment.value().isEmpty()
                        ? assignment.keySpan()
                        : assignment.value().span(),
                message + value,
                Slips.hint(value).orElse("expected: " + expected));
    }
}
