package dev.fairlead.dialect.nginx;

import dev.fairlead.dialect.FileSource;
import dev.fairlead.dialect.Glob;
import dev.fairlead.dialect.nginx.scope.Environment;
import dev.fairlead.dialect.nginx.syntax.Block;
import dev.fairlead.dialect.nginx.syntax.Fault;
import dev.fairlead.dialect.nginx.syntax.Item;
import dev.fairlead.dialect.nginx.syntax.Parser;
import dev.fairlead.dialect.nginx.syntax.Statement;
import dev.fairlead.source.Diagnostic;
import dev.fairlead.source.Problems;
import dev.fairlead.source.SourceFile;
import dev.fairlead.source.Span;
import dev.fairlead.unit.Suggestion;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// The files of one configuration: opens them, finds included ones, remembers what was read.
final class Sources {
    private static final int DEEPEST = 64;

    private final FileSource files;
    private final Environment environment;
    private final Problems problems;
    private final Map<String, SourceFile> read = new LinkedHashMap<>();
    private int depth;

    Sources(FileSource files, Environment environment, Problems problems) {
        this.files = files;
        this.environment = environment;
        this.problems = problems;
    }

    List<SourceFile> all() {
        return List.copyOf(read.values());
    }

    /// Reads and parses a file; what keeps it from being read is a fault in the block.
    Block open(String path, Span askedAt) {
        try {
            SourceFile file = new SourceFile(path, files.read(Path.of(path)));
            read.putIfAbsent(path, file);
            return Parser.parse(file);
        } catch (NoSuchFileException missing) {
            return failed(path, askedAt, "2: No such file or directory");
        } catch (AccessDeniedException denied) {
            return failed(path, askedAt, "13: Permission denied");
        } catch (IOException unreadable) {
            String reason = String.valueOf(unreadable.getMessage());
            if (reason.contains("Is a directory")) {
                return failed("pread() \"" + path + "\" failed (21: Is a directory)", askedAt);
            }
            return failed(path, askedAt, reason);
        }
    }

    private Block failed(String path, Span askedAt, String reason) {
        Diagnostic diagnostic =
                Diagnostic.error("nginx.open", askedAt, "open() \"" + path + "\" failed (" + reason + ")");
        return new Block(List.of(new Fault(askedAt.isBuiltIn() ? diagnostic : diagnostic.hint(near(path)))), askedAt);
    }

    /// What stands where a file is missing.
    private Optional<String> near(String path) {
        Path missing = Path.of(path);
        Path folder = missing.getParent();
        if (folder == null || missing.getFileName() == null) {
            return Optional.empty();
        }
        List<String> there = Glob.expand(folder + "/*", files).stream()
                .map(Path::getFileName)
                .filter(Objects::nonNull)
                .map(Path::toString)
                .toList();
        if (there.isEmpty()) {
            return Optional.of("there is no folder " + folder + ", or nothing in it");
        }
        return Suggestion.nearest(missing.getFileName().toString(), there)
                .map(name -> "did you mean " + folder + "/" + name + "?");
    }

    private static Block failed(String message, Span askedAt) {
        Diagnostic diagnostic = Diagnostic.error("nginx.open", askedAt, message);
        return new Block(List.of(new Fault(diagnostic)), askedAt);
    }

    /// Each file that an `include` names, one after the other; the statement has been checked.
    void include(Statement statement, java.util.function.Consumer<Block> into) {
        if (depth >= DEEPEST) {
            problems.error("nginx.include-depth", statement.span(), "files include each other more than 64 deep");
            return;
        }
        depth++;
        for (String path : paths(statement.arg(0).text())) {
            into.accept(open(path, statement.arg(0).span()));
        }
        depth--;
    }

    private List<String> paths(String written) {
        String path = environment.conf(written);
        if (!Glob.isPattern(written)) {
            return List.of(path);
        }
        return Glob.expand(path, files).stream().map(Path::toString).toList();
    }

    /// The items of a block with its own grammar, included files in their place; faults are reported.
    List<Item> expand(Block block) {
        List<Item> items = new ArrayList<>();
        for (Item item : block.items()) {
            switch (item) {
                case Fault fault -> problems.add(fault.diagnostic());
                case Statement statement
                when statement.name().is("include") && statement.count() == 1 ->
                    include(statement, included -> items.addAll(expand(included)));
                case Statement statement
                when statement.block().isPresent() ->
                    problems.error("nginx.unexpected", statement.end(), "unexpected \"{\"");
                case Statement statement -> items.add(statement);
            }
        }
        return items;
    }
}
