package dev.fairlead.process.supervisor.launch;

import dev.fairlead.model.service.execution.Command;
import dev.fairlead.model.service.execution.Execution;
import dev.fairlead.model.service.execution.Limit;
import dev.fairlead.os.Processes;
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
    /// @param privileges what of the surroundings it goes without
    /// @param ownIds variables that get its own process id
    public static List<String> of(
            Path program,
            List<String> argv,
            Execution execution,
            Identity identity,
            Command.Privileges privileges,
            List<String> ownIds) {
        return of(program, argv, execution, identity, privileges, ownIds, Sandbox.NONE, Optional.empty());
    }

    /// @param sandbox what it is confined by
    /// @param tree what it takes for `/`; its program is named as it is called there
    public static List<String> of(
            Path program,
            List<String> argv,
            Execution execution,
            Identity identity,
            Command.Privileges privileges,
            List<String> ownIds,
            Sandbox sandbox,
            Optional<Tree> tree) {
        ExecChain chain = new ExecChain();
        boolean isConfined = privileges != Command.Privileges.FULL;
        chain.shell(execution, ownIds, sandbox.groups());
        if (isConfined) {
            chain.limits(execution.limits());
            // The tool adds to what it has.
            execution
                    .niceness()
                    .ifPresent(level -> chain.add("nice", "-n", Integer.toString(level - Processes.niceness())));
            chain.words.addAll(sandbox.scheduling());
            chain.words.addAll(sandbox.namespaces());
        }
        List<String> arguments = new ArrayList<>();
        if (privileges == Command.Privileges.OF_SERVICE) {
            arguments.addAll(identity.arguments());
            arguments.addAll(sandbox.rights());
        }
        // Whoever has become somebody else may not change the root any more.
        Optional<String> user = tree.flatMap(other -> take(arguments, "--reuid="));
        chain.privileges(execution, arguments, isConfined);
        if (tree.isPresent()) {
            chain.add(
                    "nsenter",
                    "--root=" + tree.get().root(),
                    "--wd=" + tree.get().directory());
            user.ifPresent(uid -> chain.words.add("--setuid=" + uid));
            chain.words.add("--");
            chain.words.add(program.toString());
            chain.words.addAll(argv.subList(1, argv.size()));
            return chain.words;
        }
        chain.program(program, argv);
        return chain.words;
    }

    /// Another root, and where in it the program starts, both by their real paths.
    public record Tree(Path root, Path directory) {}

    private static Optional<String> take(List<String> arguments, String option) {
        Optional<String> found = arguments.stream()
                .filter(argument -> argument.startsWith(option))
                .findFirst();
        found.ifPresent(arguments::remove);
        return found.map(argument -> argument.substring(option.length()));
    }

    private void shell(Execution execution, List<String> ownIds, List<Path> groups) {
        StringBuilder script = new StringBuilder();
        groups.forEach(file -> script.append("echo $$ >'")
                .append(file.toString().replace("'", "'\\''"))
                .append("'; "));
        script.append("umask 0").append(Integer.toOctalString(execution.umask()));
        if (execution.brokenPipeIsIgnored()) {
            script.append("; trap '' PIPE");
        }
        execution
                .outOfMemoryScore()
                .ifPresent(score -> script.append("; echo ").append(score).append(" >/proc/$$/oom_score_adj"));
        // The id stays the same through the whole chain.
        for (String name : ownIds) {
            script.append("; ").append(name).append("=$$; export ").append(name);
        }
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

    private void privileges(Execution execution, List<String> identity, boolean isConfined) {
        List<String> arguments = new ArrayList<>(identity);
        if (isConfined && execution.gainsNoPrivileges()) {
            arguments.add("--no-new-privs");
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
