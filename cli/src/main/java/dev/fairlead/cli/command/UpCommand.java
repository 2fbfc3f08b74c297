package dev.fairlead.cli.command;

import dev.fairlead.cli.run.Foreground;
import dev.fairlead.cli.stack.StackReader;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "up",
        mixinStandardHelpOptions = true,
        description =
                "Runs a stack in the foreground: starts its units, opens its listeners, and ends all of it in order"
                        + " on Ctrl-C.")
final class UpCommand implements Callable<Integer> {
    @Mixin
    private SourceOptions options = new SourceOptions();

    @Override
    public Integer call() {
        return new Foreground(new StackReader(options.sources(), options.ports()), System.out, System.err).run();
    }
}
