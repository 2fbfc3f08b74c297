package dev.fairlead.dialect.pound;

import dev.fairlead.source.Problems;
import dev.fairlead.source.SourceFile;
import java.util.ArrayList;
import java.util.List;

/// Takes a text apart into lines of words. A word may stand in quotes; `#` starts a comment.
final class Lexer {
    private final SourceFile file;
    private final Problems problems;
    private final String text;
    private int at;

    private Lexer(SourceFile file, Problems problems) {
        this.file = file;
        this.problems = problems;
        this.text = file.text();
    }

    /// The lines that have words.
    static List<List<Word>> lines(SourceFile file, Problems problems) {
        return new Lexer(file, problems).lines();
    }

    private List<List<Word>> lines() {
        List<List<Word>> lines = new ArrayList<>();
        List<Word> line = new ArrayList<>();
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '\n') {
                finish(line, lines);
                at++;
            } else if (c <= ' ') {
                at++;
            } else if (c == '#') {
                int end = text.indexOf('\n', at);
                at = end < 0 ? text.length() : end;
            } else {
                line.add(c == '"' ? quoted() : plain());
            }
        }
        finish(line, lines);
        return lines;
    }

    private static void finish(List<Word> line, List<List<Word>> lines) {
        if (!line.isEmpty()) {
            lines.add(List.copyOf(line));
            line.clear();
        }
    }

    private Word plain() {
        int start = at;
        while (at < text.length() && text.charAt(at) > ' ' && text.charAt(at) != '"') {
            at++;
        }
        return new Word(text.substring(start, at), false, file.span(start, at));
    }

    /// A backslash takes the meaning of a quote or of another backslash away; in front of all else it stays, so
    /// that expressions can be written as they are.
    private Word quoted() {
        int start = at++;
        StringBuilder content = new StringBuilder();
        while (at < text.length() && text.charAt(at) != '"' && text.charAt(at) != '\n') {
            char c = text.charAt(at++);
            boolean escapes = c == '\\' && at < text.length() && (text.charAt(at) == '"' || text.charAt(at) == '\\');
            content.append(escapes ? text.charAt(at++) : c);
        }
        if (at < text.length() && text.charAt(at) == '"') {
            at++;
        } else {
            problems.error("pound.string", file.span(start, at), "unterminated string", "it ends with \" on its line");
        }
        return new Word(content.toString(), true, file.span(start, at));
    }
}
