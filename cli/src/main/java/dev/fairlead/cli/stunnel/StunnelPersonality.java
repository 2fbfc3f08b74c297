package dev.fairlead.cli.stunnel;

import dev.fairlead.cli.daemon.Privileges;
import dev.fairlead.dialect.stunnel.Compiled;
import dev.fairlead.dialect.stunnel.StunnelDialect;
import dev.fairlead.dialect.stunnel.StunnelOptions;
import dev.fairlead.model.plan.Plan;
import dev.fairlead.source.Diagnostic;
import dev.fairlead.source.Severity;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Behaves like the stunnel program: 0 for what went well, 1 for what did not, and messages on standard error.
public final class StunnelPersonality {
    private static final String DEFAULT_FILE = "/etc/stunnel/stunnel.conf";
    private static final String HELP = """
            fairlead stunnel [FILE] | -fd N | -help | -version | -sockets | -options
                FILE      the configuration (default /etc/stunnel/stunnel.conf)
                -fd N     reads it from a descriptor
            Signals: HUP reads the configuration again, USR1 opens the log again, TERM, INT and QUIT end.
            Options of the configuration: docs/stunnel.md; fairlead check --stunnel FILE says what is wrong with one.
            """;

    private final PrintStream out;
    private final PrintStream err;

    public StunnelPersonality(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    /// @param words without the program's own name
    /// @return the exit status
    public int run(List<String> words) {
        String first = words.isEmpty() ? "" : words.getFirst();
        return switch (first) {
            case "-help", "--help", "-h" -> say(HELP.stripTrailing());
            case "-version", "--version" -> say("fairlead, as stunnel 5");
            case "-sockets" -> say("TCP_NODELAY and SO_KEEPALIVE may be set; addresses are always reused");
            case "-options" -> say("NO_SSLv3, NO_TLSv1, NO_TLSv1_1, NO_TLSv1_2, NO_TLSv1_3, NO_TICKET");
            default -> start(words);
        };
    }

    private int say(String text) {
        out.println(text);
        return 0;
    }

    private int start(List<String> words) {
        Optional<Path> file = file(words);
        if (file.isEmpty()) {
            err.print(HELP);
            return 1;
        }
        StunnelConfiguration configuration = new StunnelConfiguration(file.get());
        Compiled compiled = configuration.compile();
        err.print(StunnelConfiguration.complaints(compiled, Severity.WARNING));
        if (compiled.plan().isEmpty()) {
            err.println("[!] Configuration failed");
            return 1;
        }
        return new StunnelServer(configuration, err).run(compiled.plan().get());
    }

    private static Optional<Path> file(List<String> words) {
        if (words.size() == 2
                && words.getFirst().equals("-fd")
                && words.getLast().matches("[0-9]{1,9}")) {
            return Optional.of(Path.of("/proc/self/fd/" + words.getLast()));
        }
        if (words.size() > 1 || (words.size() == 1 && words.getFirst().startsWith("-"))) {
            return Optional.empty();
        }
        return Optional.of(
                Path.of(words.isEmpty() ? DEFAULT_FILE : words.getFirst()).toAbsolutePath());
    }

    /// The configuration that was named. Compiled anew each time it is asked for.
    record StunnelConfiguration(Path file) {
        Compiled compile() {
            Compiled compiled =
                    StunnelDialect.compile(file, StunnelOptions.here().withSyslog(true));
            List<Diagnostic> diagnostics = new ArrayList<>(compiled.diagnostics());
            Optional<Plan> plan =
                    Privileges.known(compiled.plan(), "\"%s\": Illegal UID", "\"%s\": Illegal GID", diagnostics);
            return new Compiled(plan, diagnostics, compiled.sources(), compiled.foreground());
        }

        /// What is wrong, each thing marked as stunnel marks its messages.
        static String complaints(Compiled compiled, Severity least) {
            StringBuilder text = new StringBuilder();
            compiled.diagnostics().stream()
                    .filter(problem -> problem.severity().compareTo(least) >= 0)
                    .forEach(problem -> text.append(problem.isError() ? "[!] " : "[:] ")
                            .append(problem.render())
                            .append('\n'));
            return text.toString();
        }
    }
}
