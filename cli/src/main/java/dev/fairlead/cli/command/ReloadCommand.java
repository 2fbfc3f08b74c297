package dev.fairlead.cli.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "reload",
        mixinStandardHelpOptions = true,
        description = "Has a running stack read its files again. If they are not sound it says why, exits with 1, and"
                + " nothing changes.")
final class ReloadCommand implements Callable<Integer> {
    @Mixin
    private RunningStack stack = new RunningStack();

    @Override
    public Integer call() {
        return stack.post("/reload");
    }
}
