package dev.fairlead.cli.pound;

import dev.fairlead.cli.daemon.Privileges;
import dev.fairlead.dialect.pound.Compiled;
import dev.fairlead.dialect.pound.PoundDialect;
import dev.fairlead.dialect.pound.PoundOptions;
import dev.fairlead.engine.generation.HostTrial;
import dev.fairlead.engine.tls.TlsTrial;
import dev.fairlead.model.plan.Plan;
import dev.fairlead.model.plan.RuntimeOptions;
import dev.fairlead.source.Diagnostic;
import dev.fairlead.source.Problems;
import dev.fairlead.source.Severity;
import dev.fairlead.source.Span;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Behaves like the pound program: 0 for what went well, 1 for what did not, and messages on standard error.
public final class PoundPersonality {
    private static final String VERSION = "pound 4.16 (Fairlead)\n";
    private static final String USAGE = """
            usage: pound [-FVcehv] [-W [no-]FEATURE] [-f FILE] [-p FILE]
              -c       check the configuration and exit
              -f FILE  the configuration; /etc/pound.cfg without it
              -p FILE  where the process id is written
              -F       stay in the foreground
              -v       show notes as well, and with -c that all is well
              -e       stay in the foreground and log to standard error
              -W NAME  include-dir=DIR or no-include-dir: where relative names of files start
              -V       show the version
              -h       show this
            """;

    private final PrintStream out;
    private final PrintStream err;

    public PoundPersonality(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    /// @param words without the program's own name
    /// @return the exit status
    public int run(List<String> words) {
        PoundArguments arguments;
        try {
            arguments = PoundArguments.read(words);
        } catch (IllegalArgumentException bad) {
            err.print("pound: " + bad.getMessage() + "\n" + USAGE);
            return 1;
        }
        if (arguments.version() || arguments.help()) {
            out.print(arguments.version() ? VERSION : USAGE);
            return 0;
        }
        Compiled compiled = compile(arguments);
        Severity least = arguments.verbose() ? Severity.NOTE : Severity.WARNING;
        compiled.diagnostics().stream()
                .filter(diagnostic -> diagnostic.severity().compareTo(least) >= 0)
                .forEach(diagnostic -> err.println("pound: " + diagnostic.render()));
        if (compiled.plan().isEmpty()) {
            return 1;
        }
        if (arguments.check()) {
            Problems problems = new Problems();
            TlsTrial.of(compiled.plan().get(), problems);
            HostTrial.of(compiled.plan().get().http().upstreams(), problems);
            problems.all().forEach(problem -> err.println("pound: " + problem.render()));
            if (problems.hasErrors()) {
                return 1;
            }
            if (arguments.verbose()) {
                out.println("pound: Config file " + arguments.file() + " is OK");
            }
            return 0;
        }
        return new PoundServer(err).run(withArguments(compiled.plan().get(), arguments));
    }

    private static Compiled compile(PoundArguments arguments) {
        Compiled compiled = PoundDialect.compile(
                Path.of(arguments.file()), PoundOptions.plain().withFolder(arguments.folder()));
        List<Diagnostic> diagnostics = new ArrayList<>(compiled.diagnostics());
        Optional<Plan> plan =
                Privileges.known(compiled.plan(), "no such user: \"%s\"", "no such group: \"%s\"", diagnostics);
        return new Compiled(plan, diagnostics, compiled.sources(), compiled.board());
    }

    private static Plan withArguments(Plan plan, PoundArguments arguments) {
        RuntimeOptions said = plan.runtime();
        Optional<RuntimeOptions.PidFile> pidFile = arguments
                .pidFile()
                .map(name -> new RuntimeOptions.PidFile(name, Span.builtIn()))
                .or(said::pidFile);
        RuntimeOptions runtime = new RuntimeOptions(
                said.loops(),
                said.maxConnections(),
                said.runAs(),
                pidFile,
                said.background() && !arguments.foreground(),
                said.shutdownTimeout(),
                said.errorLogs());
        return plan.withRuntime(runtime);
    }
}
