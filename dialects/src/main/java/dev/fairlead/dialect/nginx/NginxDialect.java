package dev.fairlead.dialect.nginx;

import dev.fairlead.dialect.DirectiveTable;
import dev.fairlead.dialect.nginx.directive.LoggingDirectives;
import dev.fairlead.dialect.nginx.directive.NginxTable;
import dev.fairlead.dialect.nginx.directive.ProcessDirectives;
import dev.fairlead.dialect.nginx.directive.TypeDirectives;
import dev.fairlead.dialect.nginx.lint.NginxLint;
import dev.fairlead.dialect.nginx.scope.Compilation;
import dev.fairlead.dialect.nginx.scope.Context;
import dev.fairlead.dialect.nginx.scope.Environment;
import dev.fairlead.dialect.nginx.scope.Level;
import dev.fairlead.dialect.nginx.scope.Setter;
import dev.fairlead.dialect.nginx.syntax.Block;
import dev.fairlead.dialect.nginx.syntax.Fault;
import dev.fairlead.dialect.nginx.syntax.Item;
import dev.fairlead.dialect.nginx.syntax.Parser;
import dev.fairlead.dialect.nginx.syntax.Statement;
import dev.fairlead.model.http.HttpPlan;
import dev.fairlead.model.plan.Plan;
import dev.fairlead.model.stream.StreamPlan;
import dev.fairlead.source.Diagnostic;
import dev.fairlead.source.Problems;
import dev.fairlead.source.SourceFile;
import dev.fairlead.source.Span;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Compiles nginx configurations. Not thread-safe; one for each compilation.
public final class NginxDialect {
    private static final DirectiveTable<Context, Setter> TABLE = NginxTable.table();

    private final NginxOptions options;
    private final Problems problems = new Problems();
    private final Environment environment;
    private final Sources sources;
    private final StatementReader reader;
    private final Compilation compilation;
    private final Level main = Level.main();

    private NginxDialect(NginxOptions options, Path conf) {
        this.options = options;
        Path folder = conf.toAbsolutePath().getParent();
        this.environment = new Environment(
                withSlash(options.prefix()),
                withSlash(folder == null ? "/" : folder.toString()),
                options.paths(),
                options.superuser(),
                hostName(options));
        this.sources = new Sources(options.files(), environment, problems);
        this.reader = new StatementReader(TABLE, sources, problems);
        this.compilation = new Compilation(problems, environment, reader);
    }

    /// Compiles a file: a whole configuration, or one that holds only what belongs inside `http`, which gets
    /// nginx's defaults around it.
    public static Compiled compile(Path conf, NginxOptions options) {
        NginxDialect dialect = new NginxDialect(options, conf);
        Block block = dialect.sources.open(conf.toString(), Span.builtIn());
        if (isFragment(block)) {
            dialect.readFragments(List.of(block));
        } else {
            dialect.readMain(block);
        }
        return dialect.finish();
    }

    /// Compiles files that each hold only what belongs inside `http`, together.
    ///
    /// @param folder the folder that included files are relative to
    public static Compiled compileFragments(Path folder, List<Path> files, NginxOptions options) {
        NginxDialect dialect = new NginxDialect(options, folder.resolve("nginx.conf"));
        dialect.readFragments(files.stream()
                .map(file -> dialect.sources.open(file.toString(), Span.builtIn()))
                .toList());
        return dialect.finish();
    }

    /// What in these files is allowed and rarely meant. They are read anew; what cannot be read is left out.
    ///
    /// @param conf the file, or the folder's `nginx.conf`, that included files are relative to
    /// @param files a whole configuration, or files that each hold only what belongs inside `http`
    public static List<Diagnostic> lint(Path conf, List<Path> files, NginxOptions options) {
        NginxDialect dialect = new NginxDialect(options, conf);
        List<Block> blocks = files.stream()
                .map(file -> dialect.sources.open(file.toString(), Span.builtIn()))
                .toList();
        return NginxLint.look(Tree.of(blocks, dialect.sources));
    }

    /// Whether a text holds only what belongs inside `http`, and so is no whole configuration.
    public static boolean isFragment(SourceFile file) {
        return isFragment(Parser.parse(file));
    }

    private static boolean isFragment(Block block) {
        boolean insideHttp = false;
        for (Item item : block.items()) {
            if (item instanceof Statement statement && !statement.name().is("include")) {
                String name = statement.name().text();
                boolean ofMain = TABLE.find(name, Context.MAIN).isPresent();
                boolean ofHttp = TABLE.find(name, Context.HTTP).isPresent();
                if (ofMain && !ofHttp) {
                    return false;
                }
                insideHttp |= ofHttp && !ofMain;
            }
        }
        return insideHttp;
    }

    private void readGlobals() {
        for (String text : options.globals()) {
            SourceFile line = SourceFile.inline("<command line>", text);
            reader.read(Parser.parse(line), main, compilation);
        }
    }

    private void readMain(Block block) {
        readGlobals();
        reader.read(block, main, compilation);
        boolean unreadable = block.items().size() == 1 && block.items().getFirst() instanceof Fault;
        if (compilation.eventsLevel().isEmpty() && !unreadable && !problems.hasErrors()) {
            problems.error(
                    "nginx.no-events", Span.builtIn(), "no \"events\" section in configuration", "add: events { }");
        }
    }

    private void readFragments(List<Block> blocks) {
        readGlobals();
        Level http = main.child(Context.HTTP);
        compilation.enterHttp(http);
        TypeDirectives.assumeTypes(http, MimeTypes.usual(), "application/octet-stream");
        ProcessDirectives.assumeLoops(main);
        blocks.forEach(block -> reader.read(block, http, compilation));
    }

    private Compiled finish() {
        Level http = compilation.httpLevel().orElseGet(() -> main.child(Context.HTTP));
        LoggingDirectives.assumeLogs(main, http, options.accessLog(), options.errorLog(), compilation);
        boolean broken = problems.hasErrors();
        PlanAssembler assembler = new PlanAssembler(compilation.http(), environment, problems);
        Optional<HttpPlan> plan = Optional.empty();
        if (!broken) {
            plan = Optional.of(assembler.plan(compilation.texts()));
        }
        StreamPlan streams = broken ? StreamPlan.EMPTY : streams();
        if (problems.hasErrors()) {
            plan = Optional.empty();
        }
        return new Compiled(
                plan.map(found -> new Plan(
                        found,
                        streams,
                        assembler.applications(),
                        List.of(),
                        ProcessDirectives.build(main, compilation.eventsLevel(), environment, options.pidFile()))),
                eachOnce(),
                sources.all());
    }

    private StreamPlan streams() {
        PlanAssembler assembler = new PlanAssembler(compilation.stream(), environment, problems);
        return assembler.streamPlan(compilation.streamServers(), compilation.streamTexts());
    }

    /// A text that several levels inherit is resolved for each of them; its problem is told once.
    private List<Diagnostic> eachOnce() {
        Set<String> told = new HashSet<>();
        return Braces.withoutConsequences(problems.all()).stream()
                .filter(problem -> told.add(problem.span() + " " + problem.message()))
                .toList();
    }

    private static String withSlash(String folder) {
        return folder.endsWith("/") ? folder : folder + "/";
    }

    private static String hostName(NginxOptions options) {
        try {
            return options.files().read(Path.of("/proc/sys/kernel/hostname")).strip();
        } catch (IOException unknown) {
            return "localhost";
        }
    }
}
