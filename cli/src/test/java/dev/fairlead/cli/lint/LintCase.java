package dev.fairlead.cli.lint;

import dev.fairlead.cli.cert.SelfSigned;
import dev.fairlead.cli.cert.SelfSigned.KeyKind;
import dev.fairlead.cli.stack.CompiledStack;
import dev.fairlead.cli.stack.Sources;
import dev.fairlead.cli.stack.StackReader;
import dev.fairlead.model.plan.PortMap;
import dev.fairlead.source.Diagnostic;
import dev.fairlead.time.Clock;
import dev.fairlead.time.ManualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A stack of a lint rule's test: a folder whose files may name `@HERE@/good.pem` and `@HERE@/other.pem`, which
/// are made for it and are valid for 30 days. A file `days` says how many days later it is looked at.
final class LintCase {
    private static final String HERE = "@HERE@";

    private final Path folder;
    private final StackReader reader;
    private long days;

    private LintCase(Path folder) {
        this.folder = folder;
        this.reader = new StackReader(Sources.of(folder), PortMap.NONE);
    }

    /// @param workspace an empty folder, which the stack is copied to
    static LintCase of(Path original, Path workspace) throws IOException {
        Files.createDirectories(workspace);
        LintCase made = new LintCase(workspace);
        try (Stream<Path> files = Files.walk(original)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                made.copy(file, workspace.resolve(original.relativize(file).toString()));
            }
        }
        return made;
    }

    private void copy(Path from, Path to) throws IOException {
        String text = Files.readString(from);
        if (from.endsWith("days")) {
            days = Long.parseLong(text.strip());
            return;
        }
        for (String name : List.of("good.pem", "other.pem")) {
            Path pem = folder.resolve(name);
            if (text.contains(HERE + "/" + name) && !Files.exists(pem)) {
                new SelfSigned(List.of("shop.example"), KeyKind.P256, 30).write(pem, false);
            }
        }
        Files.createDirectories(to.getParent());
        Files.writeString(to, text.replace(HERE, folder.toString()));
    }

    CompiledStack stack() {
        return reader.written();
    }

    /// What all rules say of it, dialects' own included.
    List<Diagnostic> remarks() {
        CompiledStack stack = stack();
        ManualClock clock = new ManualClock(Clock.system().wallMillis());
        clock.advance(Duration.ofDays(days));
        List<Diagnostic> all = new ArrayList<>(reader.remarks(stack.layout()));
        all.addAll(StackLint.look(stack, clock));
        return all;
    }

    List<String> rules() {
        return remarks().stream().map(Diagnostic::rule).toList();
    }

    /// What one rule says as people see it, without what changes from day to day.
    String text(String rule) {
        return remarks().stream()
                .filter(found -> found.rule().equals(rule))
                .map(Diagnostic::render)
                .collect(Collectors.joining("\n\n"))
                .replace(folder + "/", "")
                .replaceAll("\\^{20,}", "^".repeat(20))
                .replaceAll("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z", "DATE");
    }
}
