package dev.fairlead.cli.gunicorn;

import dev.fairlead.model.app.Application;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// `--check-config`: loads the application as a worker would, and says whether that went well.
final class Check {
    private Check() {}

    /// @return 0 if it can be loaded, else 1, with the traceback on standard error
    static int application(Application application, Path pythonSide, Path python, PrintStream err) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                python.toString(),
                pythonSide.resolve("fairlead_worker").toString(),
                "check",
                application.target(),
                application.surroundings().directory()));
        command.addAll(application.surroundings().pythonPath());
        ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
        Map<String, String> variables = builder.environment();
        application.surroundings().environment().forEach(assignment -> {
            int equals = assignment.indexOf('=');
            if (equals > 0) {
                variables.put(assignment.substring(0, equals), assignment.substring(equals + 1));
            }
        });
        try {
            return builder.start().waitFor() == 0 ? 0 : 1;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            err.println("interrupted");
            return 1;
        }
    }
}
