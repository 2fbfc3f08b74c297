package dev.fairlead.cli.command;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "logs",
        mixinStandardHelpOptions = true,
        description = "Shows what the units of a running stack have printed.")
final class LogsCommand implements Callable<Integer> {
    @Mixin
    private RunningStack stack = new RunningStack();

    @Parameters(paramLabel = "UNIT", arity = "0..1", description = "Only of this unit.")
    private @Nullable String unit;

    @Option(
            names = {"-f", "--follow"},
            description = "Go on showing lines as they come.")
    private boolean follow;

    @Option(
            names = {"-n", "--lines"},
            paramLabel = "N",
            defaultValue = "100",
            description = "How many of the last lines to show; default: ${DEFAULT-VALUE}.")
    private int lines;

    @Option(names = "--json", description = "For programs: a JSON object for each line.")
    private boolean json;

    @Override
    public Integer call() {
        String target = "/logs?lines=" + Math.max(0, lines) + (follow ? "&follow=1" : "")
                + (unit == null ? "" : "&unit=" + RunningStack.encoded(unit));
        return stack.print(target, !json);
    }
}
