package dev.fairlead.dialect.haproxy.rule;

import dev.fairlead.dialect.haproxy.sample.Call;
import dev.fairlead.dialect.haproxy.sample.Expression;
import dev.fairlead.dialect.haproxy.sample.ExpressionReader;
import dev.fairlead.dialect.haproxy.sample.Surroundings;
import dev.fairlead.dialect.haproxy.syntax.Word;
import dev.fairlead.dialect.haproxy.value.Misread;
import dev.fairlead.source.Span;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A test as written: what is fetched, how it is compared, with what.
///
/// @param patterns what it is compared with; empty where the sample is a question by itself
/// @param files that some of them were read from, if only from empty ones
record Test(
        Expression expression,
        Optional<Matching> matching,
        boolean ignoreCase,
        List<Pattern> patterns,
        List<String> files,
        Span origin) {

    /// @param origin the word, or the line's place that names a file of patterns
    /// @param file that it was read from; empty if it stands in the line
    record Pattern(String text, Span origin, Optional<String> file) {
        Pattern(String text, Span origin) {
            this(text, origin, Optional.empty());
        }
    }

    /// The same with some of the patterns.
    Test with(List<Pattern> some) {
        return new Test(expression, matching, ignoreCase, some, files, origin);
    }

    /// @param words the fetch, flags and patterns
    /// @throws IllegalArgumentException with the reason if they are no test
    static Test read(List<Word> words, Surroundings around) {
        Word first = words.getFirst();
        Expression written = ExpressionReader.read(first.text(), first.span());
        Matching.Named named = Matching.split(written.fetch().name());
        Call fetch =
                new Call(named.fetch(), written.fetch().args(), written.fetch().origin());
        Flags flags = new Flags(named.matching(), around);
        flags.read(words.subList(1, words.size()));
        return new Test(
                new Expression(fetch, written.converters()),
                flags.matching,
                flags.ignoreCase,
                flags.patterns,
                flags.files,
                first.span().to(words.getLast().span()));
    }

    private static final class Flags {
        private static final java.util.regex.Pattern NEGATIVE = java.util.regex.Pattern.compile("-[0-9.:]+");

        private final Surroundings around;
        private Optional<Matching> matching;
        private boolean ignoreCase;
        private final List<Pattern> patterns = new ArrayList<>();
        private final List<String> files = new ArrayList<>();

        Flags(Optional<Matching> matching, Surroundings around) {
            this.matching = matching;
            this.around = around;
        }

        void read(List<Word> words) {
            int next = 0;
            boolean flags = true;
            while (next < words.size()) {
                Word word = words.get(next++);
                if (!flags || !word.text().startsWith("-") || word.text().length() < 2) {
                    patterns.add(new Pattern(word.text(), word.span()));
                    flags = false;
                    continue;
                }
                switch (word.text()) {
                    case "--" -> flags = false;
                    case "-i" -> ignoreCase = true;
                    case "-n" -> {}
                    case "-m" -> matching = Optional.of(method(valueOf(word, words, next++)));
                    case "-f" -> file(valueOf(word, words, next++));
                    case "-M" -> throw new IllegalArgumentException("'-M' is not supported: patterns are not maps");
                    case "-u" -> valueOf(word, words, next++);
                    default -> {
                        if (!NEGATIVE.matcher(word.text()).matches()) {
                            throw new Misread(
                                    "'" + word.text() + "' is not a valid ACL option",
                                    word.span(),
                                    "one of -i, -m, -f, -n; a text that begins with '-' stands behind '--'");
                        }
                        patterns.add(new Pattern(word.text(), word.span()));
                        flags = false;
                    }
                }
            }
        }

        private static Word valueOf(Word flag, List<Word> words, int index) {
            if (index >= words.size()) {
                throw new IllegalArgumentException("missing value behind '" + flag.text() + "'");
            }
            return words.get(index);
        }

        private static Matching method(Word word) {
            return Matching.of(word.text())
                    .orElseThrow(() -> new Misread(
                            "unknown matching method '" + word.text() + "'",
                            word.span(),
                            "one of found, bool, int, ip, bin, len, str, beg, sub, dir, dom, end, reg"));
        }

        /// A pattern a line; lines that start with `#` are comments.
        private void file(Word name) {
            files.add(name.text());
            try {
                for (String line : around.lines(name.text())) {
                    String text = line.strip();
                    if (!text.isEmpty() && !text.startsWith("#")) {
                        patterns.add(new Pattern(text, name.span(), Optional.of(name.text())));
                    }
                }
            } catch (IOException unreadable) {
                throw new Misread(
                        "failed to open pattern file <" + name.text() + ">",
                        name.span(),
                        "a file with a pattern on each line");
            }
        }
    }
}
