package dev.fairlead.cli.nginx;

import dev.fairlead.cli.daemon.Privileges;
import dev.fairlead.dialect.nginx.Compiled;
import dev.fairlead.dialect.nginx.NginxDialect;
import dev.fairlead.dialect.nginx.NginxMessage;
import dev.fairlead.dialect.nginx.NginxOptions;
import dev.fairlead.model.plan.Plan;
import dev.fairlead.model.plan.RuntimeOptions;
import dev.fairlead.os.Accounts;
import dev.fairlead.source.Diagnostic;
import dev.fairlead.source.Severity;
import dev.fairlead.source.SourceFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// The configuration that nginx's command line names, with the defaults of Debian's nginx. Compiled anew each
/// time it is asked for.
///
/// @param file absolute
/// @param options what surrounds it
record NginxConfiguration(Path file, NginxOptions options) {
    private static final String DEFAULT_FILE = "/etc/nginx/nginx.conf";
    private static final String WITHOUT_ROOT =
            "the \"user\" directive makes sense only if the master process runs with super-user privileges, ignored";
    private static final Optional<String> ACCESS_LOG = Optional.of("/var/log/nginx/access.log");
    private static final Optional<String> PID_FILE = Optional.of("/run/nginx.pid");

    static NginxConfiguration of(NginxArguments arguments) {
        NginxOptions debian = NginxOptions.debian();
        Path prefix = arguments
                .prefix()
                .map(folder -> Path.of(folder).toAbsolutePath())
                .orElse(Path.of(debian.prefix()));
        NginxOptions options = debian.withPrefix(prefix.toString())
                .withGlobals(arguments.globals().stream().toList())
                .withSuperuser(Accounts.isRoot())
                .withDefaults(ACCESS_LOG, arguments.errorLog().orElse("stderr"), PID_FILE);
        // A relative name starts from the prefix, as with nginx, and not from where one is.
        return new NginxConfiguration(prefix.resolve(arguments.configuration().orElse(DEFAULT_FILE)), options);
    }

    Compiled compile() {
        Compiled compiled = NginxDialect.compile(file, options);
        Optional<RuntimeOptions.RunAs> user =
                compiled.plan().flatMap(plan -> plan.runtime().runAs());
        if (user.isEmpty()) {
            return compiled;
        }
        List<Diagnostic> diagnostics = new ArrayList<>();
        if (Accounts.isRoot()) {
            Optional<Plan> plan = Privileges.known(
                    compiled.plan(), "getpwnam(\"%s\") failed", "getgrnam(\"%s\") failed", diagnostics);
            diagnostics.addAll(compiled.diagnostics());
            return new Compiled(plan, diagnostics, compiled.sources());
        }
        diagnostics.add(Diagnostic.warning("nginx.user", user.get().origin(), WITHOUT_ROOT));
        diagnostics.addAll(compiled.diagnostics());
        return new Compiled(compiled.plan(), diagnostics, compiled.sources());
    }

    /// What is wrong, each thing in nginx's own form, with its line and a hint below it.
    ///
    /// @param least of what weight at least
    static String complaints(Compiled compiled, Severity least) {
        return compiled.diagnostics().stream()
                .filter(diagnostic -> diagnostic.severity().compareTo(least) >= 0)
                .map(NginxConfiguration::complaint)
                .collect(Collectors.joining());
    }

    static String complaint(Diagnostic diagnostic) {
        String rendered = diagnostic.render();
        int below = rendered.indexOf('\n');
        return NginxMessage.render(diagnostic) + (below < 0 ? "" : rendered.substring(below)) + "\n";
    }

    /// All files, each under its name, as `-T` prints them.
    static String dump(List<SourceFile> sources) {
        StringBuilder out = new StringBuilder();
        for (SourceFile source : sources) {
            out.append("# configuration file ").append(source.name()).append(":\n");
            out.append(source.text()).append('\n');
        }
        return out.toString();
    }
}
