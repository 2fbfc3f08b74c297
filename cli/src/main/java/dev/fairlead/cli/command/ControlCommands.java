package dev.fairlead.cli.command;

import dev.fairlead.cli.control.ControlClient;
import dev.fairlead.cli.control.SocketFolder;
import dev.fairlead.cli.control.StackChoice;
import dev.fairlead.cli.signal.SignalWatch;
import dev.fairlead.cli.systemctl.SystemctlPersonality;
import dev.fairlead.dialect.Glob;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The commands that talk to a running stack: `status`, `reload`, `upgrade`, `restart`, `stop`, `logs`.
/// Interrupting one ends it.
final class ControlCommands {
    static final OptionRow STACK = OptionRow.valued(
            "--stack",
            "-C",
            "NAME|PATH",
            "which running stack: its name, the folder it was started with, or its socket (default: the only one)");
    private static final OptionRow JSON = OptionRow.flag("--json", "", "for programs: JSON");
    static final List<OptionRow> PLAIN = List.of(STACK);
    static final List<OptionRow> RESTART = List.of(
            STACK,
            OptionRow.flag("--at-once", "", "units that a pattern names all at once, instead of one after the other"));
    static final List<OptionRow> STATUS = List.of(STACK, JSON);
    static final List<OptionRow> LOGS = List.of(
            STACK,
            JSON,
            OptionRow.flag("--follow", "-f", "go on showing lines as they come"),
            OptionRow.valued("--lines", "-n", "N", "how many of the last lines to show (default 100)"));

    private ControlCommands() {}

    static int status(Given given) {
        return print(given, "/status");
    }

    static int reload(Given given) {
        return post(given, "/reload");
    }

    /// Returns once the new program answers.
    static int upgrade(Given given) {
        return withClient(given, client -> {
            ControlClient.Reply reply = client.upgrade();
            (reply.isDone() ? System.out : System.err).print(reply.body());
            return reply.isDone() ? 0 : 1;
        });
    }

    static int deploy(Given given) {
        int worst = 0;
        for (String application : given.words()) {
            worst = Math.max(worst, post(given, "/applications/" + encoded(application) + "/deploy"));
        }
        return worst;
    }

    static int scale(Given given) throws UsageFault {
        String workers = given.words().get(1);
        if (!workers.matches("\\d{1,4}")) {
            throw new UsageFault("\"" + workers + "\" is not a number of workers");
        }
        return post(given, "/applications/" + encoded(given.words().getFirst()) + "/scale?workers=" + workers);
    }

    static int stop(Given given) {
        return post(given, "/stop");
    }

    /// A pattern rolls: its units are restarted one after the other, out of the upstreams meanwhile.
    static int restart(Given given) {
        int worst = 0;
        for (String unit : given.words()) {
            if (Glob.isPattern(unit) && given.has("--at-once")) {
                worst = Math.max(worst, new SystemctlPersonality(System.out, System.err).run(restarting(given, unit)));
            } else {
                String command = Glob.isPattern(unit) ? "/roll" : "/restart";
                worst = Math.max(worst, post(given, "/units/" + encoded(unit) + command));
            }
        }
        return worst;
    }

    private static List<String> restarting(Given given, String pattern) {
        return given.value("--stack")
                .map(stack -> List.of("-C", stack, "restart", pattern))
                .orElse(List.of("restart", pattern));
    }

    static int logs(Given given) throws UsageFault {
        String lines = given.value("--lines").orElse("100");
        if (!lines.matches("\\d{1,9}")) {
            throw new UsageFault("\"" + lines + "\" is not a number of lines");
        }
        String unit =
                given.words().isEmpty() ? "" : "&unit=" + encoded(given.words().getFirst());
        return print(given, "/logs?lines=" + lines + (given.has("--follow") ? "&follow=1" : "") + unit);
    }

    private static int post(Given given, String target) {
        return withClient(given, client -> {
            ControlClient.Reply reply = client.ask("POST", target, true);
            (reply.isDone() ? System.out : System.err).print(reply.body());
            return reply.isDone() ? 0 : 1;
        });
    }

    /// Prints what the stack says, as it comes.
    private static int print(Given given, String target) {
        boolean text = !given.has("--json");
        return withClient(given, client -> client.ask("GET", target, text, System.out) / 100 == 2 ? 0 : 1);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /// The socket of the stack that runs what lies there, if one does.
    static Optional<Path> runningFrom(String place) {
        Path socket = SocketFolder.current().socketFor(Path.of(place));
        return Optional.of(socket).filter(SocketFolder::isAnswered);
    }

    interface Asking {
        int ask(ControlClient client) throws IOException;
    }

    private static int withClient(Given given, Asking asking) {
        return ask(given.value("--stack"), asking);
    }

    /// @param wanted which running stack, as [StackChoice] takes it
    static int ask(Optional<String> wanted, Asking asking) {
        SignalWatch.endOnInterrupt();
        StackChoice choice = StackChoice.of(SocketFolder.current(), wanted, Path.of(""));
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
