package dev.fairlead.cli.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "stop",
        mixinStandardHelpOptions = true,
        description = "Ends a running stack in order, and returns when all of it has ended.")
final class StopCommand implements Callable<Integer> {
    @Mixin
    private RunningStack stack = new RunningStack();

    @Override
    public Integer call() {
        return stack.post("/stop");
    }
}
