package dev.fairlead.dialect.pound;

import dev.fairlead.dialect.Pcre;
import dev.fairlead.model.text.Regex;
import dev.fairlead.source.Diagnostic;
import dev.fairlead.source.Problems;
import dev.fairlead.source.SourceFile;
import dev.fairlead.source.Span;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What all readers and builders share: files, problems, and how values are written.
final class Reading {
    private static final int LONGEST_NUMBER = 9;

    private final PoundOptions options;
    private final Problems problems;
    private final List<SourceFile> sources = new ArrayList<>();
    private final String folder;
    private Optional<String> includes = Optional.empty();

    /// @param folder where relative names of files start unless the configuration says something else; empty for
    ///     the folder in which the program was started
    Reading(PoundOptions options, String folder, Problems problems) {
        this.options = options;
        this.folder = folder;
        this.problems = problems;
    }

    Problems problems() {
        return problems;
    }

    List<SourceFile> sources() {
        return sources;
    }

    PoundOptions options() {
        return options;
    }

    /// Where relative names of files start from here on.
    void startFrom(String written) {
        includes = Optional.of(path(written));
    }

    /// Where a file that the configuration names lies.
    String path(String written) {
        if (written.startsWith("/")) {
            return options.paths().resolve(written);
        }
        String start = includes.orElse(folder);
        return start.isEmpty() ? written : start + "/" + written;
    }

    Optional<SourceFile> open(String path, Span askedAt) {
        Optional<String> text = text(path, askedAt);
        Optional<SourceFile> file = text.map(content -> new SourceFile(path, content));
        file.ifPresent(sources::add);
        return file;
    }

    Optional<String> text(String path, Span askedAt) {
        return text(path, askedAt, Optional.empty());
    }

    /// The text of a file that holds a certificate and its key.
    Optional<String> certificate(String path, Span askedAt) {
        return text(
                path,
                askedAt,
                Optional.of(
                        "certificate and key stand in one file: cat site.crt site.key; or fairlead cert NAME --output "
                                + path + " makes a self-signed one"));
    }

    private Optional<String> text(String path, Span askedAt, Optional<String> hint) {
        String reason;
        try {
            return Optional.of(options.files().read(Path.of(path)));
        } catch (NoSuchFileException missing) {
            reason = "No such file or directory";
        } catch (IOException unreadable) {
            reason = String.valueOf(unreadable.getMessage());
        }
        problems.add(Diagnostic.error("pound.open", askedAt, "can't open file \"" + path + "\": " + reason)
                .hint(hint));
        return Optional.empty();
    }

    Optional<Integer> number(Statement statement, int index, int least, int most) {
        Word word = statement.arg(index);
        String text = word.text();
        boolean isNumber = !text.isEmpty()
                && text.length() <= LONGEST_NUMBER
                && text.chars().allMatch(c -> c >= '0' && c <= '9');
        if (isNumber) {
            int value = Integer.parseInt(text);
            if (value >= least && value <= most) {
                return Optional.of(value);
            }
        }
        String range = most == Integer.MAX_VALUE ? "of at least " + least : "from " + least + " to " + most;
        problems.error(
                "pound.number",
                word.span(),
                "\"" + statement.name() + "\": bad number \"" + text + "\"",
                "a whole number " + range);
        return Optional.empty();
    }

    Optional<Duration> seconds(Statement statement) {
        return number(statement, 0, 0, Integer.MAX_VALUE).map(Duration::ofSeconds);
    }

    boolean truth(Statement statement) {
        return switch (statement.text(0).toLowerCase(Locale.ROOT)) {
            case "1", "true", "yes", "on" -> true;
            case "0", "false", "no", "off" -> false;
            default -> {
                problems.error(
                        "pound.boolean",
                        statement.arg(0).span(),
                        "\"" + statement.name() + "\": bad boolean value \"" + statement.text(0) + "\"",
                        "one of 1, 0, true, false, yes, no, on, off");
                yield false;
            }
        };
    }

    /// An expression that stands for nothing but itself if it cannot be read, which is a problem.
    Regex regex(String pattern, boolean ignoreCase, Span at) {
        return switch (Pcre.translate(pattern, ignoreCase)) {
            case Pcre.Result.Translated translated ->
                new Regex(translated.pattern(), pattern, ignoreCase, List.of(), translated.groups(), at);
            case Pcre.Result.Refused refused -> {
                problems.error("pound.regex", at, "bad pattern \"" + pattern + "\": " + refused.reason());
                yield new Regex("(?!)", pattern, ignoreCase, List.of(), 0, at);
            }
        };
    }
}
