package dev.fairlead.cli.adopt;

import dev.fairlead.model.service.Service;
import dev.fairlead.model.service.execution.Command;
import dev.fairlead.process.supervisor.launch.ExecChain;
import dev.fairlead.process.supervisor.launch.Prepared;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/// Runs a configuration file once, with the user, limits, folder and variables of its unit.
final class ConfigurationRun {
    /// A supervisor may collect the process first, and its exit status with it: so a shell writes the status
    /// down.
    private static final String SCRIPT = "\"$@\"; printf '\\n%d' $?";

    private ConfigurationRun() {}

    /// @return what it printed
    /// @throws IOException holding the traceback if it fails
    static String of(Service service, Prepared prepared, Path python, Path side, String where) throws IOException {
        List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", SCRIPT, "sh"));
        command.addAll(ExecChain.of(
                python,
                List.of(python.toString(), side.resolve("fairlead_worker").toString(), "config", where),
                service.execution(),
                prepared.identity(),
                Command.Privileges.OF_SERVICE,
                List.of()));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(prepared.directory().toFile());
        builder.environment().clear();
        builder.environment().putAll(prepared.environment());
        Process process = builder.start();
        process.getOutputStream().close();
        Executor own = task -> Thread.ofVirtual().start(task);
        CompletableFuture<String> complaint = CompletableFuture.supplyAsync(() -> text(process.getErrorStream()), own);
        String printed = text(process.getInputStream());
        String complained = complaint.join();
        int end = printed.lastIndexOf('\n');
        if (end < 0 || !printed.substring(end + 1).equals("0")) {
            throw new IOException("its configuration file " + where + " failed:\n" + complained.strip());
        }
        return printed.substring(0, end);
    }

    private static String text(InputStream stream) {
        try (stream) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
