package dev.fairlead.process.master;

import dev.fairlead.model.app.Application;
import dev.fairlead.model.app.Application.Surroundings;
import dev.fairlead.model.service.Execution;
import dev.fairlead.model.service.OutputTarget;
import dev.fairlead.model.service.WorkingDirectory;
import dev.fairlead.os.Descriptors;
import dev.fairlead.os.MasterLoop;
import dev.fairlead.os.OpenFile;
import dev.fairlead.os.OsException;
import dev.fairlead.os.Pipe;
import dev.fairlead.os.Spawn;
import dev.fairlead.process.journal.Journal;
import dev.fairlead.process.supervisor.Capture;
import dev.fairlead.process.supervisor.Child;
import dev.fairlead.process.supervisor.ExecChain;
import dev.fairlead.process.supervisor.Identity;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.Consumer;

/// The process that the workers of one generation are forked from: commands go to it, reports come from it, line by
/// line (docs/worker-protocol.md).
final class Zygote {
    private final int commands;
    private final Capture reports;
    private final int pid;
    private boolean isOpen = true;

    private Zygote(int commands, Capture reports, int pid) {
        this.commands = commands;
        this.reports = reports;
        this.pid = pid;
    }

    /// @param report given each report as its fields
    /// @param whenEnded called once
    /// @throws IOException naming what could not be done
    static Zygote start(
            MasterLoop loop,
            MasterOptions options,
            Journal journal,
            Application application,
            List<String> doors,
            Consumer<List<String>> report,
            Runnable whenEnded)
            throws IOException {
        Surroundings at = application.surroundings();
        Map<String, String> variables = variables(at);
        Interpreter interpreter = Interpreter.of(at, variables);
        Path python = interpreter
                .path()
                .orElseThrow(() -> new IOException("no Python found; tried " + String.join(", ", interpreter.tried())));
        Path directory = Path.of(at.directory());
        if (!Files.isDirectory(directory)) {
            throw new IOException("there is no folder " + directory);
        }
        Execution execution = execution(at);
        Identity identity = Identity.of(execution, options.isTrial());
        List<String> chain = ExecChain.of(
                python,
                List.of(
                        python.toString(),
                        options.pythonSide().resolve("fairlead_worker").toString(),
                        "zygote"),
                execution,
                identity,
                true,
                Optional.empty());
        identity.user().ifPresent(user -> {
            variables.put("HOME", user.home());
            variables.put("USER", user.name());
        });
        List<String> environment = variables.entrySet().stream()
                .map(variable -> variable.getKey() + "=" + variable.getValue())
                .toList();
        Pipe commands = Pipe.open();
        Pipe reports = Pipe.open();
        Descriptors.blocks(commands.readEnd(), true);
        List<Integer> opened = new ArrayList<>(List.of(commands.readEnd(), reports.writeEnd()));
        Optional<Pipe> output = options.inheritsOutput() ? Optional.empty() : Optional.of(Pipe.open());
        output.ifPresent(pipe -> opened.add(pipe.writeEnd()));
        int input = OpenFile.nothing();
        opened.add(input);
        ByteBuffer bytes = ByteBuffer.allocateDirect(Capture.BUFFER);
        try {
            int out = output.map(Pipe::writeEnd).orElse(1);
            int error = output.map(Pipe::writeEnd).orElse(2);
            int pid = new Spawn(
                            chain.getFirst(),
                            chain,
                            environment,
                            Optional.of(directory),
                            List.of(input, out, error, commands.readEnd(), reports.writeEnd()))
                    .start();
            Optional<Capture> captured = Optional.empty();
            if (output.isPresent()) {
                captured = Optional.of(Capture.start(
                        loop,
                        bytes,
                        output.get().readEnd(),
                        lines -> journal.append(application.name(), "python", pid, lines)));
            }
            Capture heard = Capture.start(
                    loop, bytes, reports.readEnd(), lines -> lines.forEach(line -> report.accept(fields(line))));
            Zygote zygote = new Zygote(commands.writeEnd(), heard, pid);
            Child.watch(loop, pid, captured, ending -> {
                zygote.close();
                whenEnded.run();
            });
            zygote.tell(application, doors);
            return zygote;
        } finally {
            opened.forEach(Descriptors::close);
        }
    }

    private static Map<String, String> variables(Surroundings at) {
        Map<String, String> variables = new TreeMap<>(System.getenv());
        variables.keySet().removeIf(name -> name.startsWith("FAIRLEAD_") || name.equals("_JAVA_SR_SIGNUM"));
        for (String assignment : at.environment()) {
            int equals = assignment.indexOf('=');
            if (equals > 0) {
                variables.put(assignment.substring(0, equals), assignment.substring(equals + 1));
            }
        }
        return variables;
    }

    private static Execution execution(Surroundings at) {
        return new Execution(
                at.user(),
                at.group(),
                List.of(),
                new WorkingDirectory.Default(),
                List.of(),
                new OutputTarget.Journal(),
                new OutputTarget.Inherit(),
                Optional.empty(),
                at.umask(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                Map.of(),
                false,
                false);
    }

    private void tell(Application application, List<String> doors) {
        set("application", application.name());
        set("kind", application.kind().word());
        set("threads", Integer.toString(application.threads()));
        set("connections", Integer.toString(application.connections()));
        set("target", application.target());
        set("preload", Boolean.toString(application.preload()));
        set("directory", application.surroundings().directory());
        application.surroundings().pythonPath().forEach(folder -> set("pythonpath", folder));
        set("umask", String.format(Locale.ROOT, "%o", application.surroundings().umask()));
        doors.forEach(door -> set("door", door));
        application.configuration().ifPresent(file -> set("configuration", file));
        set("timeout", Long.toString(application.timeouts().request().toSeconds()));
        set("graceful_timeout", Long.toString(application.timeouts().graceful().toSeconds()));
        set("script_name", application.requests().scriptName());
        application.settings().forEach((name, value) -> set("gunicorn." + name, value));
        say("load");
    }

    private void set(String name, String value) {
        say("set", name, value);
    }

    void fork(int number, String token) {
        say("fork", Integer.toString(number), token);
    }

    void hook(String name, int... arguments) {
        List<String> fields = new ArrayList<>(List.of("hook", name));
        for (int argument : arguments) {
            fields.add(Integer.toString(argument));
        }
        say(fields.toArray(String[]::new));
    }

    /// Ends it; workers that are left are not touched.
    void quit() {
        say("quit");
    }

    int pid() {
        return pid;
    }

    private void say(String... fields) {
        if (!isOpen) {
            return;
        }
        StringBuilder line = new StringBuilder();
        for (String field : fields) {
            if (!line.isEmpty()) {
                line.append('\t');
            }
            line.append(field.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n"));
        }
        try {
            Pipe.write(commands, line.append('\n').toString().getBytes(StandardCharsets.UTF_8));
        } catch (OsException gone) {
            // It has ended; that is told as well.
            close();
        }
    }

    private void close() {
        if (isOpen) {
            isOpen = false;
            Descriptors.close(commands);
            reports.drain();
        }
    }

    private static List<String> fields(String line) {
        List<String> fields = new ArrayList<>();
        for (String field : line.split("\t", -1)) {
            fields.add(unescape(field));
        }
        return fields;
    }

    private static String unescape(String field) {
        if (field.indexOf('\\') < 0) {
            return field;
        }
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < field.length(); i++) {
            char c = field.charAt(i);
            if (c == '\\' && i + 1 < field.length()) {
                i++;
                out.append(
                        switch (field.charAt(i)) {
                            case 't' -> '\t';
                            case 'n' -> '\n';
                            default -> field.charAt(i);
                        });
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }
}
