package dev.fairlead.cli.command;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "restart", mixinStandardHelpOptions = true, description = "Stops and starts units of a running stack.")
final class RestartCommand implements Callable<Integer> {
    @Mixin
    private RunningStack stack = new RunningStack();

    @Parameters(
            paramLabel = "UNIT",
            arity = "1..*",
            description = "Such as nethelper@4002.service; .service may be left out.")
    private List<String> units = new ArrayList<>();

    @Override
    public Integer call() {
        int worst = 0;
        for (String unit : units) {
            worst = Math.max(worst, stack.post("/units/" + RunningStack.encoded(unit) + "/restart"));
        }
        return worst;
    }
}
