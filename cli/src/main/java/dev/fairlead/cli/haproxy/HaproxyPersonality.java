package dev.fairlead.cli.haproxy;

import dev.fairlead.dialect.haproxy.Compiled;
import dev.fairlead.engine.generation.HostTrial;
import dev.fairlead.engine.tls.TlsTrial;
import dev.fairlead.model.plan.Plan;
import dev.fairlead.model.upstream.Upstream;
import dev.fairlead.source.Diagnostic;
import dev.fairlead.source.Problems;
import dev.fairlead.source.Severity;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Behaves like the haproxy program: 0 for what went well, 1 for what did not, and messages on standard error.
public final class HaproxyPersonality {
    private final PrintStream out;
    private final PrintStream err;

    public HaproxyPersonality(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    /// @param words without the program's own name
    /// @return the exit status
    public int run(List<String> words) {
        return switch (HaproxyArguments.read(words)) {
            case HaproxyArguments.Reading.Refused refused -> usage();
            case HaproxyArguments.Reading.Understood(HaproxyArguments arguments) -> run(arguments);
        };
    }

    private int usage() {
        err.print(HaproxyTexts.VERSION + HaproxyTexts.USAGE);
        return 1;
    }

    private int run(HaproxyArguments arguments) {
        if (arguments.version()) {
            out.print(HaproxyTexts.VERSION + (arguments.build() ? HaproxyTexts.build() : ""));
            return 0;
        }
        if (arguments.files().isEmpty()) {
            return usage();
        }
        HaproxyConfiguration configuration = new HaproxyConfiguration(arguments);
        Compiled compiled = tried(configuration.compile(), arguments);
        complain(compiled, arguments);
        if (!arguments.quiet()) {
            arguments.ineffective().forEach(this::sayIneffective);
        }
        boolean warned =
                compiled.diagnostics().stream().anyMatch(diagnostic -> diagnostic.severity() == Severity.WARNING);
        if (compiled.plan().isEmpty() || (warned && arguments.strict())) {
            fatal(compiled, arguments);
            return 1;
        }
        if (arguments.check()) {
            if (!arguments.quiet()) {
                out.println(
                        warned ? "Warnings were found.\nConfiguration file is valid" : "Configuration file is valid");
            }
            return 0;
        }
        if (compiled.plan().get().listeners().isEmpty()) {
            alert("config : [haproxy.main()] No enabled listener found (check for 'bind' directives) ! Exiting.");
            return 1;
        }
        return new HaproxyServer(configuration, out, err).run(compiled.plan().get());
    }

    /// A check reads what TLS is made of and looks up the names of servers, as a start does.
    private static Compiled tried(Compiled compiled, HaproxyArguments arguments) {
        if (!arguments.check() || compiled.plan().isEmpty()) {
            return compiled;
        }
        Problems problems = new Problems();
        TlsTrial.of(compiled.plan().get(), problems);
        HostTrial.of(declared(compiled.plan().get()), problems);
        List<Diagnostic> all = new ArrayList<>(compiled.diagnostics());
        all.addAll(problems.all());
        return new Compiled(problems.hasErrors() ? Optional.empty() : compiled.plan(), all, compiled.sources());
    }

    /// HAProxy looks at servers that nothing is passed to, too.
    private static List<Upstream> declared(Plan plan) {
        List<Upstream> all = new ArrayList<>(plan.http().upstreams());
        all.addAll(plan.stream().upstreams());
        return all;
    }

    private void complain(Compiled compiled, HaproxyArguments arguments) {
        Severity least = arguments.quiet() ? Severity.ERROR : Severity.WARNING;
        compiled.diagnostics().stream()
                .filter(diagnostic -> diagnostic.severity().compareTo(least) >= 0)
                .map(HaproxyConfiguration::complaint)
                .forEach(err::println);
    }

    private void sayIneffective(String option) {
        String message = "'" + option + "' has no effect in Fairlead: it is about the inside of another program.";
        err.println(HaproxyConfiguration.line(Severity.NOTE, message));
    }

    private void fatal(Compiled compiled, HaproxyArguments arguments) {
        compiled.diagnostics().stream()
                .filter(Diagnostic::isError)
                .filter(diagnostic -> !diagnostic.span().isBuiltIn())
                .map(diagnostic -> diagnostic.span().file().name())
                .distinct()
                .forEach(file -> alert("config : Error(s) found in configuration file : " + file));
        alert("config : Fatal errors found in configuration.");
        if (compiled.plan().isPresent() && arguments.strict()) {
            alert("config : Some warnings were found and 'zero-warning' is set. Aborting.");
        }
    }

    private void alert(String message) {
        err.println(HaproxyConfiguration.line(Severity.ERROR, message));
    }
}
