package dev.fairlead.dialect.haproxy.syntax;

import dev.fairlead.source.Problems;
import dev.fairlead.source.SourceFile;
import dev.fairlead.source.Span;
import java.util.Optional;

/// The lines of a file in their order, those left out that a condition switches off. A line is cut into words
/// when it is asked for, because the lines before it may change the environment.
public final class Lines {
    private final SourceFile file;
    private final Environment environment;
    private final Problems problems;
    private final Conditionals conditionals;
    private int next;
    private int number;

    public Lines(SourceFile file, Environment environment, Problems problems) {
        this.file = file;
        this.environment = environment;
        this.problems = problems;
        this.conditionals = new Conditionals(environment, problems);
    }

    /// The next line with words in it; empty at the end of the file.
    public Optional<Line> next() {
        String text = file.text();
        while (next < text.length()) {
            int start = next;
            int end = text.indexOf('\n', start);
            end = end < 0 ? text.length() : end;
            next = end + 1;
            number++;
            if (conditionals.isSkipping() && !isDirective(text.substring(start, end))) {
                continue;
            }
            Optional<Line> line = Lexer.read(file, start, end, number, environment, problems);
            if (line.isPresent() && !conditionals.take(line.get())) {
                return line;
            }
        }
        conditionals.finish();
        return Optional.empty();
    }

    private static boolean isDirective(String line) {
        return line.stripLeading().startsWith(".");
    }

    /// The end of the file.
    public Span end() {
        return file.end();
    }
}
