package dev.fairlead.dialect.nginx.syntax;

import dev.fairlead.source.Diagnostic;
import dev.fairlead.source.SourceFile;
import dev.fairlead.source.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Turns a text into statements. Every text has a reading; what is wrong stands in it as faults.
public final class Parser {
    private final Lexer lexer;
    private boolean endReported;

    private Parser(SourceFile file) {
        this.lexer = new Lexer(file);
    }

    public static Block parse(SourceFile file) {
        Parser parser = new Parser(file);
        List<Item> items = new ArrayList<>();
        while (true) {
            Block part = parser.block(0);
            items.addAll(part.items());
            if (part.end().start() == file.text().length()) {
                return new Block(items, part.end());
            }
            items.add(new Fault(Diagnostic.error(Rules.UNEXPECTED, part.end(), "unexpected \"}\"")
                    .hint("no block is open here; look for a \"}\" too many above")));
        }
    }

    private Block block(int depth) {
        List<Item> items = new ArrayList<>();
        while (true) {
            Lexer.Run run = lexer.next();
            run.faults().forEach(fault -> items.add(new Fault(fault)));
            switch (run.mark()) {
                case SEMICOLON -> semicolon(run, items);
                case OPENING_BRACE -> opening(run, items, depth);
                case CLOSING_BRACE -> {
                    if (!run.words().isEmpty()) {
                        items.add(statement(run, Statement.Ending.CLOSING_BRACE, Optional.empty()));
                    }
                    return new Block(items, run.end());
                }
                case END_OF_FILE -> {
                    atEndOfFile(run, items, depth);
                    return new Block(items, run.end());
                }
            }
        }
    }

    private static void semicolon(Lexer.Run run, List<Item> items) {
        if (run.words().isEmpty()) {
            items.add(unexpected(run.end()));
        } else {
            items.add(statement(run, Statement.Ending.SEMICOLON, Optional.empty()));
        }
    }

    private void opening(Lexer.Run run, List<Item> items, int depth) {
        if (run.words().isEmpty()) {
            items.add(unexpected(run.end()));
            items.addAll(block(depth + 1).items());
        } else {
            items.add(statement(run, Statement.Ending.BLOCK, Optional.of(block(depth + 1))));
        }
    }

    private void atEndOfFile(Lexer.Run run, List<Item> items, int depth) {
        if (endReported || !run.faults().isEmpty()) {
            endReported = true;
            return;
        }
        endReported = depth > 0 || !run.words().isEmpty();
        if (!run.words().isEmpty()) {
            items.add(statement(run, Statement.Ending.END_OF_FILE, Optional.empty()));
        } else if (depth > 0) {
            items.add(new Fault(
                    Diagnostic.error(Rules.END_OF_FILE, run.end(), "unexpected end of file, expecting \"}\"")));
        }
    }

    private static Item unexpected(Span mark) {
        return new Fault(Diagnostic.error(Rules.UNEXPECTED, mark, "unexpected \"" + mark.text() + "\""));
    }

    private static Statement statement(Lexer.Run run, Statement.Ending ending, Optional<Block> block) {
        return new Statement(run.words(), ending, run.end(), block);
    }
}
