package dev.fairlead.dialect.haproxy;

import dev.fairlead.dialect.haproxy.build.PlanBuilder;
import dev.fairlead.dialect.haproxy.build.workshop.Workshop;
import dev.fairlead.dialect.haproxy.lint.HaproxyLint;
import dev.fairlead.dialect.haproxy.scope.Configuration;
import dev.fairlead.dialect.haproxy.syntax.Environment;
import dev.fairlead.model.plan.Plan;
import dev.fairlead.source.Diagnostic;
import dev.fairlead.source.Problems;
import dev.fairlead.source.SourceFile;
import dev.fairlead.source.Span;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Compiles HAProxy configurations. Not thread-safe; one for each compilation.
public final class HaproxyDialect {
    private final HaproxyOptions options;
    private final Problems problems = new Problems();
    private final List<SourceFile> sources = new ArrayList<>();

    private HaproxyDialect(HaproxyOptions options) {
        this.options = options;
    }

    /// Compiles files as one configuration, in their order.
    public static Compiled compile(List<Path> files, HaproxyOptions options) {
        return new HaproxyDialect(options).compile(files);
    }

    /// What is allowed and rarely meant in files without errors.
    public static List<Diagnostic> lint(List<Path> files, HaproxyOptions options) {
        HaproxyDialect dialect = new HaproxyDialect(options);
        return HaproxyLint.look(dialect.read(files, new Environment(options.environment()), true));
    }

    private Configuration read(List<Path> files, Environment environment, boolean keepsAll) {
        SectionReader reader = new SectionReader(environment, problems, keepsAll);
        for (Path file : files) {
            open(file).ifPresent(source -> {
                sources.add(source);
                reader.read(source);
            });
        }
        return reader.configuration();
    }

    private Compiled compile(List<Path> files) {
        Environment environment = new Environment(options.environment());
        Configuration configuration = read(files, environment, false);
        Workshop workshop =
                new Workshop(configuration, problems, options.files(), options.paths(), environment, options.sockets());
        Optional<Plan> plan = Optional.of(new PlanBuilder(workshop).plan()).filter(built -> !problems.hasErrors());
        return new Compiled(plan, eachOnce(), sources);
    }

    private Optional<SourceFile> open(Path file) {
        try {
            return Optional.of(new SourceFile(file.toString(), options.files().read(file)));
        } catch (NoSuchFileException missing) {
            problems.error(
                    "haproxy.open",
                    Span.builtIn(),
                    "Could not open configuration file " + file + " : No such file or directory");
        } catch (IOException unreadable) {
            problems.error(
                    "haproxy.open",
                    Span.builtIn(),
                    "Could not open configuration file " + file + " : " + unreadable.getMessage());
        }
        return Optional.empty();
    }

    /// In the order of the text. A line that several proxies inherit is built for each of them; its problem is
    /// told once.
    private List<Diagnostic> eachOnce() {
        Set<String> told = new HashSet<>();
        return problems.all().stream()
                .filter(problem -> told.add(problem.span() + " " + problem.message()))
                .sorted(Comparator.comparingInt(this::file)
                        .thenComparingInt(problem -> problem.span().start()))
                .toList();
    }

    /// Which of the files it is in; what is in none comes first.
    private int file(Diagnostic problem) {
        return sources.indexOf(problem.span().file());
    }
}
