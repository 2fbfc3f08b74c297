package dev.fairlead.cli.command;

import dev.fairlead.cli.stack.CompiledStack;
import dev.fairlead.cli.stack.StackReader;
import dev.fairlead.source.Severity;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description = "Shows every problem of a stack's files, with its line and a hint, and runs nothing. Exits with 1"
                + " if the stack would not start.")
final class CheckCommand implements Callable<Integer> {
    @Mixin
    private SourceOptions options = new SourceOptions();

    @Override
    public Integer call() {
        CompiledStack stack = new StackReader(options.sources(), options.ports()).read();
        stack.layout().found().forEach(System.out::println);
        String complaints = stack.complaints(Severity.NOTE);
        if (!complaints.isEmpty()) {
            System.out.println();
            System.out.println(complaints);
            System.out.println();
        }
        int listeners = stack.plan().map(plan -> plan.http().listeners().size()).orElse(0);
        System.out.println(stack.verdict()
                + (stack.isBroken()
                        ? ""
                        : "; " + listeners + " listeners, "
                                + stack.units().units().size() + " units"));
        return stack.isBroken() ? 1 : 0;
    }
}
