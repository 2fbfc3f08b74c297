package dev.fairlead.process.supervisor;

import dev.fairlead.model.service.Execution;
import dev.fairlead.model.service.Limit;
import dev.fairlead.model.service.Signal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The command line that makes a service's surroundings and then becomes its program, the process id staying
/// the same: a shell for what is written to the process itself (umask, ignored signal, memory score, own id),
/// then the machine's tools for limits, niceness and user. A tool that is not installed is left out unless
/// something was asked of it.
public final class ExecChain {
    private final List<String> words = new ArrayList<>();

    private ExecChain() {}

    /// @param argv the program's own words, its name first
    /// @param isConfined whether user, limits and the like apply
    /// @param parentDeathSignal sent to it when the supervisor dies
    public static List<String> of(
            Path program,
            List<String> argv,
            Execution execution,
            Identity identity,
            boolean isConfined,
            Optional<Signal> parentDeathSignal) {
        ExecChain chain = new ExecChain();
        chain.shell(execution);
        if (isConfined) {
            chain.limits(execution.limits());
            execution.niceness().ifPresent(level -> chain.add("nice", "-n", Integer.toString(level)));
        }
        chain.privileges(execution, isConfined ? identity.arguments() : List.of(), isConfined, parentDeathSignal);
        chain.program(program, argv);
        return chain.words;
    }

    private void shell(Execution execution) {
        StringBuilder script = new StringBuilder();
        script.append("umask ").append(String.format(Locale.ROOT, "%04o", execution.umask()));
        if (execution.brokenPipeIsIgnored()) {
            script.append("; trap '' PIPE");
        }
        execution
                .outOfMemoryScore()
                .ifPresent(score -> script.append("; echo ").append(score).append(" >/proc/$$/oom_score_adj"));
        script.append("; SYSTEMD_EXEC_PID=$$; export SYSTEMD_EXEC_PID; exec \"$@\"");
        add("/bin/sh", "-c", script.toString(), "sh");
    }

    private void limits(Map<String, Limit> limits) {
        if (limits.isEmpty()) {
            return;
        }
        words.add("prlimit");
        new TreeMap<>(limits)
                .forEach((name, limit) -> words.add(
                        "--" + name.toLowerCase(Locale.ROOT) + "=" + text(limit.soft()) + ":" + text(limit.hard())));
    }

    private static String text(long limit) {
        return limit == Limit.INFINITE ? "unlimited" : Long.toString(limit);
    }

    private void privileges(
            Execution execution, List<String> identity, boolean isConfined, Optional<Signal> parentDeathSignal) {
        List<String> arguments = new ArrayList<>(identity);
        if (isConfined && execution.gainsNoPrivileges()) {
            arguments.add("--no-new-privs");
        }
        Optional<Path> tool = Programs.find("setpriv");
        if (parentDeathSignal.isPresent() && tool.isPresent()) {
            arguments.add("--pdeathsig=" + parentDeathSignal.get().shortName());
        }
        if (!arguments.isEmpty()) {
            words.add("setpriv");
            words.addAll(arguments);
            words.add("--");
        }
    }

    /// A program that is to see another name than its own needs a shell that can give it one.
    private void program(Path program, List<String> argv) {
        if (!argv.getFirst().equals(program.toString()) && program.isAbsolute() && !isOwnName(program, argv)) {
            add("bash", "-c", "name=$1; shift; exec -a \"$name\" \"$@\"", "bash", argv.getFirst());
        }
        words.add(program.toString());
        words.addAll(argv.subList(1, argv.size()));
    }

    private static boolean isOwnName(Path program, List<String> argv) {
        return !argv.getFirst().startsWith("/")
                && program.getFileName().toString().equals(argv.getFirst());
    }

    private void add(String... more) {
        words.addAll(List.of(more));
    }
}
