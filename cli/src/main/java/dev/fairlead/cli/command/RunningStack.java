package dev.fairlead.cli.command;

import dev.fairlead.cli.control.ControlClient;
import dev.fairlead.cli.control.SocketFolder;
import dev.fairlead.cli.control.StackChoice;
import dev.fairlead.cli.signal.SignalWatch;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Talks to a stack that runs, for the commands that ask one. Interrupting such a command ends it.
final class RunningStack {
    @Option(
            names = {"-C", "--stack"},
            paramLabel = "NAME|PATH",
            description = "Which running stack: its name, the folder it was started with, or its socket."
                    + " Default: the only one, else that of this folder.")
    private @Nullable String wanted;

    /// Sends a command and says what came of it.
    ///
    /// @return the exit status
    int post(String target) {
        return withClient(client -> {
            ControlClient.Reply reply = client.ask("POST", target, true);
            (reply.isDone() ? System.out : System.err).print(reply.body());
            return reply.isDone() ? 0 : 1;
        });
    }

    /// Prints what the stack says, as it comes.
    ///
    /// @return the exit status
    int print(String target, boolean text) {
        return withClient(client -> {
            OutputStream out = System.out;
            return client.ask("GET", target, text, out) / 100 == 2 ? 0 : 1;
        });
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private interface Asking {
        int ask(ControlClient client) throws IOException;
    }

    private int withClient(Asking asking) {
        SignalWatch.endOnInterrupt();
        StackChoice choice = StackChoice.of(SocketFolder.current(), Optional.ofNullable(wanted), Path.of(""));
        return switch (choice) {
            case StackChoice.Unclear(String message) -> failed(message);
            case StackChoice.Chosen(Path socket) -> {
                try {
                    yield asking.ask(new ControlClient(socket));
                } catch (IOException failed) {
                    yield failed(socket + ": " + failed.getMessage());
                }
            }
        };
    }

    private static int failed(String message) {
        System.err.println("fairlead: " + message);
        return 1;
    }
}
