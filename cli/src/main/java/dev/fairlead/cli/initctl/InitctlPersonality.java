package dev.fairlead.cli.initctl;

import dev.fairlead.cli.control.ControlClient;
import dev.fairlead.cli.control.SocketFolder;
import dev.fairlead.cli.control.StackChoice;
import dev.fairlead.cli.signal.SignalWatch;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Behaves like initctl: exit status 0 when it is done, 1 when it is not, with the reason on standard error.
public final class InitctlPersonality {
    private static final String VERSION = "init (upstart 1.13.2, Fairlead)";

    private final PrintStream out;
    private final PrintStream err;
    private final Map<String, String> environment;

    public InitctlPersonality(PrintStream out, PrintStream err) {
        this(out, err, System.getenv());
    }

    /// @param environment of this process: inside of a job it names the job and its stack
    InitctlPersonality(PrintStream out, PrintStream err, Map<String, String> environment) {
        this.out = out;
        this.err = err;
        this.environment = Map.copyOf(environment);
    }

    /// @param words without the program's own name
    /// @return the exit status
    public int run(List<String> words) {
        String called = "initctl";
        try {
            InitctlArguments arguments = InitctlArguments.read(words);
            called = arguments.called();
            return run(arguments);
        } catch (InitctlArguments.Fault fault) {
            err.println(fault.called() + ": " + fault.getMessage());
            err.println("Try `" + fault.called() + " --help' for more information.");
            return 1;
        } catch (IOException failed) {
            err.println(called + ": Unable to connect to Upstart: " + failed.getMessage());
            return 1;
        }
    }

    private int run(InitctlArguments arguments) throws IOException, InitctlArguments.Fault {
        if (arguments.has("--help")
                || arguments.verb().filter(verb -> verb.name().equals("help")).isPresent()) {
            out.print(help(arguments));
            return 0;
        }
        if (arguments.has("--version")) {
            out.println(arguments.called() + " (upstart 1.13.2, Fairlead)");
            return 0;
        }
        Verb verb = arguments.verb().orElseThrow();
        return switch (verb.name()) {
            case "version" -> {
                out.println(VERSION);
                yield 0;
            }
            case "log-priority" -> {
                if (arguments.words().isEmpty()) {
                    out.println("message");
                }
                yield 0;
            }
            case "list-sessions", "notify-disk-writeable", "notify-dbus-address", "notify-cgroup-manager-address" -> 0;
            case "reload-configuration" -> tell(arguments, "/reload", true);
            default -> tell(arguments, "/jobs/" + verb.name() + query(arguments, verb), false);
        };
    }

    /// @param isSilent whether a good answer is left unsaid
    private int tell(InitctlArguments arguments, String target, boolean isSilent) throws IOException {
        SignalWatch.endOnInterrupt();
        ControlClient.Reply reply = new ControlClient(socket(arguments)).ask("POST", target, true);
        String body = reply.body().strip();
        boolean isReport = arguments
                .verb()
                .filter(verb -> verb.name().equals("check-config"))
                .isPresent();
        if (!reply.isDone() && !isReport) {
            err.println(arguments.called() + ": " + body);
            return 1;
        }
        if (!body.isEmpty() && !isSilent && !arguments.has("--quiet")) {
            out.println(body);
        }
        return reply.isDone() ? 0 : 1;
    }

    private Path socket(InitctlArguments arguments) throws IOException {
        Optional<String> own = Optional.ofNullable(environment.get("FAIRLEAD_SOCKET"));
        Optional<String> wanted =
                Optional.ofNullable(arguments.options().get("--stack")).or(() -> own);
        return switch (StackChoice.of(SocketFolder.current(), wanted, Path.of(""))) {
            case StackChoice.Chosen(Path socket) -> socket;
            case StackChoice.Unclear(String message) -> throw new IOException(message);
        };
    }

    /// Inside of a job, a command without a name is about that job.
    private boolean isOwnJob(InitctlArguments arguments) {
        return arguments.words().isEmpty() && environment.containsKey("UPSTART_JOB");
    }

    private String query(InitctlArguments arguments, Verb verb) throws InitctlArguments.Fault {
        List<String> parameters = new ArrayList<>();
        List<String> words = new ArrayList<>(arguments.words());
        switch (verb.names()) {
            case JOB -> {
                if (isOwnJob(arguments)) {
                    parameters.add(parameter("job", environment.getOrDefault("UPSTART_JOB", "")));
                    parameters.add(parameter(
                            "variable", "UPSTART_INSTANCE=" + environment.getOrDefault("UPSTART_INSTANCE", "")));
                } else {
                    parameters.add(parameter("job", first(arguments, words, "job name")));
                }
                variables(arguments, words, parameters);
            }
            case EVENT -> {
                parameters.add(parameter("event", first(arguments, words, "event name")));
                variables(arguments, words, parameters);
            }
            case ANY_JOB -> {
                if (!words.isEmpty()) {
                    parameters.add(parameter("job", words.getFirst()));
                }
            }
            case VARIABLE -> {
                String word = first(arguments, words, "variable name");
                int equals = word.indexOf('=');
                String name = equals < 0 ? word : word.substring(0, equals);
                parameters.add(parameter("name", name));
                String value = equals < 0 ? environment.getOrDefault(name, "") : word.substring(equals + 1);
                parameters.add(parameter("value", value));
            }
            case WORD, NOTHING -> {}
        }
        if (verb.name().endsWith("-env")) {
            scope(arguments, parameters);
        }
        // A job that waited for itself would wait for ever.
        boolean mayWait = verb.names() != Verb.Subject.JOB || !isOwnJob(arguments);
        if (mayWait && verb.options().contains("--no-wait") && !arguments.has("--no-wait")) {
            parameters.add("wait=1");
        }
        if (arguments.has("--enumerate")) {
            parameters.add("detailed=1");
        }
        if (arguments.has("--retain")) {
            parameters.add("keep=1");
        }
        return parameters.isEmpty() ? "" : "?" + String.join("&", parameters);
    }

    /// Inside of a job its own variables are meant, unless those of all are asked for.
    private void scope(InitctlArguments arguments, List<String> parameters) {
        String job = environment.get("UPSTART_JOB");
        if (job != null && !arguments.has("--global")) {
            parameters.add(parameter("of-job", job));
            parameters.add(parameter("of-instance", environment.getOrDefault("UPSTART_INSTANCE", "")));
        }
    }

    private static String first(InitctlArguments arguments, List<String> words, String what)
            throws InitctlArguments.Fault {
        if (words.isEmpty()) {
            throw new InitctlArguments.Fault(arguments.called(), "missing " + what);
        }
        return words.removeFirst();
    }

    private static void variables(InitctlArguments arguments, List<String> words, List<String> parameters)
            throws InitctlArguments.Fault {
        for (String word : words) {
            if (word.indexOf('=') <= 0) {
                throw new InitctlArguments.Fault(arguments.called(), "Env must be KEY=VALUE pairs: " + word);
            }
            parameters.add(parameter("variable", word));
        }
    }

    private static String parameter(String name, String value) {
        return name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    private static String help(InitctlArguments arguments) {
        Optional<Verb> verb = arguments.verb().filter(one -> !one.name().equals("help"));
        if (verb.isPresent()) {
            Verb one = verb.get();
            String name = arguments.called().equals("initctl") ? "initctl " + one.name() : arguments.called();
            StringBuilder out = new StringBuilder(
                    "Usage: " + name + " [OPTION]... " + one.operands() + "\n" + one.summary() + "\n\nOptions:\n");
            one.options().stream()
                    .sorted()
                    .forEach(option -> out.append("  ").append(option).append('\n'));
            return out.append("  --quiet\n  --stack NAME   which running stack, where there are several\n")
                    .toString();
        }
        StringBuilder out = new StringBuilder("Usage: initctl [OPTION]... COMMAND [OPTION]... ARG...\n\nCommands:\n");
        Verb.ALL.forEach(one -> out.append("  ")
                .append((one.name() + "                               ").substring(0, 32))
                .append(one.summary())
                .append('\n'));
        return out.toString();
    }
}
