package dev.fairlead.cli.nginx;

import dev.fairlead.dialect.nginx.Compiled;
import dev.fairlead.model.plan.Plan;
import dev.fairlead.model.plan.RuntimeOptions;
import dev.fairlead.source.Severity;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Behaves like the nginx program: 0 for what went well, 1 for what did not, and messages on standard error.
public final class NginxPersonality {
    private final PrintStream out;
    private final PrintStream err;

    public NginxPersonality(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    /// @param words without the program's own name
    /// @return the exit status
    public int run(List<String> words) {
        return switch (NginxArguments.read(words)) {
            case NginxArguments.Reading.Refused(String message) -> failed(message);
            case NginxArguments.Reading.Understood(NginxArguments arguments) -> run(arguments);
        };
    }

    private int run(NginxArguments arguments) {
        if (arguments.version()) {
            err.print(NginxTexts.VERSION);
            err.print(arguments.build() ? NginxTexts.build() : "");
            err.print(arguments.help() ? NginxTexts.HELP : "");
            if (!arguments.test()) {
                return 0;
            }
        }
        NginxConfiguration configuration = NginxConfiguration.of(arguments);
        Compiled compiled = configuration.compile();
        boolean mayWarn = !arguments.quiet() || !arguments.test();
        err.print(NginxConfiguration.complaints(compiled, mayWarn ? Severity.WARNING : Severity.ERROR));
        Optional<Plan> plan = compiled.plan();
        if (arguments.test()) {
            return test(configuration, compiled, arguments);
        }
        if (plan.isEmpty()) {
            return 1;
        }
        if (arguments.signal().isPresent()) {
            return signal(arguments.signal().get(), plan.get());
        }
        return new NginxServer(configuration, err).run(plan.get());
    }

    private int test(NginxConfiguration configuration, Compiled compiled, NginxArguments arguments) {
        Path file = configuration.file();
        Optional<String> refused = Optional.empty();
        if (compiled.plan().isPresent()) {
            if (!arguments.quiet()) {
                err.println("nginx: the configuration file " + file + " syntax is ok");
            }
            refused = NginxServer.rehearse(compiled.plan().get());
            refused.ifPresent(err::println);
        }
        if (compiled.plan().isEmpty() || refused.isPresent()) {
            return failed("configuration file " + file + " test failed");
        }
        if (!arguments.quiet()) {
            err.println("nginx: configuration file " + file + " test is successful");
        }
        if (arguments.dump()) {
            out.print(NginxConfiguration.dump(compiled.sources()));
        }
        return 0;
    }

    private int signal(String name, Plan plan) {
        Optional<RuntimeOptions.PidFile> pidFile = plan.runtime().pidFile();
        if (pidFile.isEmpty()) {
            return failed("[error] no pid file is configured");
        }
        return SignalSender.send(name, Path.of(pidFile.get().path()))
                .map(this::failed)
                .orElse(0);
    }

    private int failed(String message) {
        err.println("nginx: " + message);
        return 1;
    }
}
