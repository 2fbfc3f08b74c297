package dev.fairlead.cli.command;

import static dev.fairlead.cli.command.CommandRow.ANY;

import dev.fairlead.unit.Suggestion;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Stream;

/// `fairlead` itself. Exit status: 0 done, 1 not done (the reason is on standard error), 2 not understood.
public final class FairleadCommand {
    private static final String VERSION = "fairlead 0.1.0";
    private static final int MISUNDERSTOOD = 2;
    private static final List<String> PROGRAMS = List.of(
            "nginx", "haproxy", "pound", "poundctl", "stunnel", "gunicorn", "systemctl", "journalctl", "initctl");

    private static final List<CommandRow> TABLE = List.of(
            new CommandRow(
                    "up",
                    "[PATH...]",
                    0,
                    ANY,
                    "Runs a stack in the foreground: the files and folders named, or this folder.",
                    StackCommands.SOURCES,
                    StackCommands::up),
            new CommandRow(
                    "check",
                    "[PATH...]",
                    0,
                    ANY,
                    "Shows every problem of a stack with its line and a hint, and runs nothing.",
                    StackCommands.CHECK,
                    StackCommands::check),
            new CommandRow(
                    "explain",
                    "[PATH...] URL",
                    1,
                    ANY,
                    "Shows what would become of a request, hop by hop, with the line of each decision.",
                    StackCommands.EXPLAIN,
                    StackCommands::explain),
            new CommandRow(
                    "serve",
                    "[DIR|MODULE:NAME]",
                    0,
                    1,
                    "Serves the files of a folder, or a Python application, without any configuration.",
                    StackCommands.SERVE,
                    StackCommands::serve),
            new CommandRow(
                    "status",
                    "",
                    0,
                    0,
                    "Shows what a running stack is doing: listeners, upstream servers, units.",
                    ControlCommands.STATUS,
                    ControlCommands::status),
            new CommandRow(
                    "reload",
                    "",
                    0,
                    0,
                    "Has a running stack read its files again; if they are not sound nothing changes.",
                    ControlCommands.PLAIN,
                    ControlCommands::reload),
            new CommandRow(
                    "upgrade",
                    "",
                    0,
                    0,
                    "Goes over to the program as it lies on disk now; units go on, and no request is lost.",
                    ControlCommands.PLAIN,
                    ControlCommands::upgrade),
            new CommandRow(
                    "deploy",
                    "APPLICATION...",
                    1,
                    ANY,
                    "Goes over to the present code of applications; what does not come up changes nothing.",
                    ControlCommands.PLAIN,
                    ControlCommands::deploy),
            new CommandRow(
                    "scale",
                    "APPLICATION WORKERS",
                    2,
                    2,
                    "Changes how many workers an application has.",
                    ControlCommands.PLAIN,
                    ControlCommands::scale),
            new CommandRow(
                    "restart",
                    "UNIT...",
                    1,
                    ANY,
                    "Stops and starts units; those of a pattern in turn, the others serving meanwhile.",
                    ControlCommands.RESTART,
                    ControlCommands::restart),
            new CommandRow(
                    "stop",
                    "",
                    0,
                    0,
                    "Ends a running stack in order, and returns when it has ended.",
                    ControlCommands.PLAIN,
                    ControlCommands::stop),
            new CommandRow(
                    "logs",
                    "[UNIT]",
                    0,
                    1,
                    "Shows what units have printed.",
                    ControlCommands.LOGS,
                    ControlCommands::logs),
            new CommandRow(
                    "install",
                    "[STACK]",
                    0,
                    1,
                    "Makes a stack a service of the machine's systemd: writes its unit and enables it.",
                    InstallCommands.INSTALL,
                    InstallCommands::install),
            new CommandRow(
                    "uninstall",
                    "[STACK]",
                    0,
                    1,
                    "Takes away what install has put there.",
                    InstallCommands.UNINSTALL,
                    InstallCommands::uninstall),
            new CommandRow(
                    "cert",
                    "NAME...",
                    1,
                    ANY,
                    "Makes a self-signed certificate and its key in one PEM file, or shows what such files hold.",
                    CertCommands.OPTIONS,
                    CertCommands::cert));

    private FairleadCommand() {}

    /// @param words without the program's own name
    /// @return the exit status
    public static int run(List<String> words) {
        String first = words.isEmpty() ? "" : words.getFirst();
        if (first.equals("--help") || first.equals("-h") || first.equals("help")) {
            System.out.print(help());
            return 0;
        }
        if (first.equals("--version") || first.equals("-V")) {
            System.out.println(VERSION);
            return 0;
        }
        Optional<CommandRow> row =
                TABLE.stream().filter(command -> command.name().equals(first)).findFirst();
        if (row.isEmpty()) {
            System.err.print(first.isEmpty() ? help() : "fairlead: " + unknown(first));
            return MISUNDERSTOOD;
        }
        return run(row.get(), words.subList(1, words.size()));
    }

    private static int run(CommandRow command, List<String> words) {
        if (words.contains("--help") || words.contains("-h")) {
            System.out.print(command.help());
            return 0;
        }
        try {
            return command.run(words);
        } catch (UsageFault fault) {
            System.err.println("fairlead " + command.name() + ": " + fault.getMessage());
            System.err.println("see: fairlead " + command.name() + " --help");
            return MISUNDERSTOOD;
        }
    }

    private static String unknown(String word) {
        String meant = Suggestion.nearest(
                        word, TABLE.stream().map(CommandRow::name).toList())
                .map(near -> "; did you mean " + near + "?")
                .orElse("");
        return "there is no command \"" + word + "\"" + meant + "\nsee: fairlead --help\n";
    }

    /// Commands, and programs whose arguments are taken.
    static List<String> names() {
        return Stream.concat(TABLE.stream().map(CommandRow::name), PROGRAMS.stream())
                .toList();
    }

    static String help() {
        StringBuilder out = new StringBuilder("""
                usage: fairlead COMMAND [OPTION...] [WORD...]

                Runs a web application's configuration files: nginx, HAProxy, Pound or stunnel in front, gunicorn
                and systemd units or Upstart jobs behind.

                """);
        SequencedMap<String, String> lines = new LinkedHashMap<>();
        TABLE.forEach(command -> lines.put((command.name() + " " + command.operands()).strip(), command.summary()));
        lines.put("PROGRAM ...", "Takes that program's own arguments; the programs are listed below.");
        int width = lines.keySet().stream().mapToInt(String::length).max().orElse(0) + 2;
        lines.forEach((synopsis, summary) -> out.append("  ")
                .append(synopsis)
                .repeat(' ', width - synopsis.length())
                .append(summary)
                .append('\n'));
        out.append("\nprograms: ").append(String.join(", ", PROGRAMS)).append('\n');
        out.append("\nfairlead COMMAND --help shows a command's options.\n");
        return out.toString();
    }
}
