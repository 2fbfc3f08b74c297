package dev.fairlead.cli.command;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// `fairlead` itself. Exit status: 0 done, 1 not done (the reason is on standard error), 2 not understood.
@Command(
        name = "fairlead",
        mixinStandardHelpOptions = true,
        version = "fairlead 0.1.0",
        description = "Runs a web application's configuration files: nginx in front, systemd units behind.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            UpCommand.class,
            CheckCommand.class,
            ServeCommand.class,
            StatusCommand.class,
            ReloadCommand.class,
            RestartCommand.class,
            StopCommand.class,
            LogsCommand.class
        },
        footer = {
            "",
            "Also, with the arguments these programs take: fairlead nginx ...",
            "",
            "A folder with an etc/ folder in it stands for / while it runs."
        })
public final class FairleadCommand implements Runnable {
    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

    /// Without a command, the help; and the status of a command that was not understood.
    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "say what to do, for instance: fairlead up");
    }

    /// @return the exit status
    public static int run(List<String> words) {
        CommandLine line = new CommandLine(new FairleadCommand());
        line.setUsageHelpAutoWidth(true);
        return line.execute(words.toArray(new String[0]));
    }
}
