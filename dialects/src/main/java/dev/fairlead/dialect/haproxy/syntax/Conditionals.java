package dev.fairlead.dialect.haproxy.syntax;

import dev.fairlead.source.Diagnostic;
import dev.fairlead.source.Problems;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/// Blocks of lines under a condition: `.if`, `.elif`, `.else`, `.endif`, and the lines that only say something.
final class Conditionals {
    private final Deque<Block> open = new ArrayDeque<>();
    private final ConditionText conditions;
    private final Problems problems;

    Conditionals(Environment environment, Problems problems) {
        this.conditions = new ConditionText(environment);
        this.problems = problems;
    }

    /// @param taken whether a branch of it was followed already
    /// @param following whether the lines at hand are followed
    private record Block(Word start, boolean around, boolean taken, boolean following, boolean sawElse) {}

    boolean isSkipping() {
        return !open.isEmpty() && !open.peek().following();
    }

    /// Whether the line was one of these; if so it has had its effect.
    boolean take(Line line) {
        switch (line.first().text()) {
            case ".if" -> {
                boolean around = !isSkipping();
                boolean holds = around && holds(line);
                open.push(new Block(line.first(), around, holds, holds, false));
            }
            case ".elif" -> elseIf(line);
            case ".else" -> otherwise(line);
            case ".endif" -> {
                if (open.isEmpty()) {
                    lone(line);
                } else {
                    open.pop();
                }
            }
            case ".notice", ".warning", ".alert", ".diag" -> say(line);
            default -> {
                return false;
            }
        }
        return true;
    }

    private void elseIf(Line line) {
        if (open.isEmpty() || open.peek().sawElse()) {
            lone(line);
            return;
        }
        Block block = open.pop();
        boolean holds = block.around() && !block.taken() && holds(line);
        open.push(new Block(block.start(), block.around(), block.taken() || holds, holds, false));
    }

    private void otherwise(Line line) {
        if (open.isEmpty() || open.peek().sawElse()) {
            lone(line);
            return;
        }
        Block block = open.pop();
        open.push(new Block(block.start(), block.around(), true, block.around() && !block.taken(), true));
    }

    private void lone(Line line) {
        problems.error(
                "haproxy.conditional", line.span(), "lone '" + line.first().text() + "' with no matching '.if'");
    }

    private void say(Line line) {
        if (isSkipping()) {
            return;
        }
        String text = "'" + Line.joined(line.from(1)) + "'";
        problems.add(
                switch (line.first().text()) {
                    case ".alert" -> Diagnostic.error("haproxy.alert", line.span(), text);
                    case ".warning" -> Diagnostic.warning("haproxy.warning", line.span(), text);
                    default -> Diagnostic.note("haproxy.notice", line.span(), text);
                });
    }

    private boolean holds(Line line) {
        List<Word> words = line.from(1);
        try {
            return conditions.holds(Line.joined(words));
        } catch (IllegalArgumentException bad) {
            problems.error("haproxy.conditional", line.span(), String.valueOf(bad.getMessage()));
            return false;
        }
    }

    void finish() {
        if (!open.isEmpty()) {
            problems.error(
                    "haproxy.conditional",
                    open.peek().start().span(),
                    "missing '.endif'",
                    "each .if ends with a line .endif");
        }
    }
}
