package dev.fairlead.cli.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = "Shows what a running stack is doing: listeners, upstream servers, units.")
final class StatusCommand implements Callable<Integer> {
    @Mixin
    private RunningStack stack = new RunningStack();

    @Option(names = "--json", description = "For programs: JSON instead of tables.")
    private boolean json;

    @Override
    public Integer call() {
        return stack.print("/status", !json);
    }
}
