package dev.fairlead.process.master;

import dev.fairlead.model.app.Application;
import dev.fairlead.os.Descriptors;
import dev.fairlead.os.MasterLoop;
import dev.fairlead.os.OpenFile;
import dev.fairlead.os.OsException;
import dev.fairlead.os.Pipe;
import dev.fairlead.process.journal.Journal;
import dev.fairlead.process.state.Ending;
import dev.fairlead.process.supervisor.launch.Capture;
import dev.fairlead.process.supervisor.launch.Child;
import dev.fairlead.worker.AnswerBatch;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// The process that the workers of one generation are forked from: commands go to it, reports come from it,
/// line by line (docs/worker-protocol.md).
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
            Consumer<Ending> whenEnded)
            throws IOException {
        ZygoteCommand command = ZygoteCommand.of(application, options);
        Pipe commands = Pipe.open();
        Pipe reports = Pipe.open();
        Descriptors.blocks(commands.readEnd(), true);
        List<Integer> given = new ArrayList<>(List.of(commands.readEnd(), reports.writeEnd()));
        Optional<Pipe> output = options.inheritsOutput() ? Optional.empty() : Optional.of(Pipe.open());
        output.ifPresent(pipe -> given.add(pipe.writeEnd()));
        int input = OpenFile.nothing();
        given.add(input);
        try {
            int out = output.map(Pipe::writeEnd).orElse(1);
            int error = output.map(Pipe::writeEnd).orElse(2);
            int pid = command.start(List.of(input, out, error, commands.readEnd(), reports.writeEnd()));
            ByteBuffer bytes = ByteBuffer.allocateDirect(Capture.BUFFER);
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
                whenEnded.accept(ending);
            });
            zygote.tell(application, doors);
            return zygote;
        } finally {
            given.forEach(Descriptors::close);
        }
    }

    private void tell(Application application, List<String> doors) {
        set("application", application.name());
        set("kind", application.kind().word());
        set("multiprocess", Boolean.toString(application.workers() > 1));
        set("batch", Long.toString(AnswerBatch.LONGEST.toNanos() / 1000));
        set("threads", Integer.toString(application.threads()));
        set("connections", Integer.toString(application.connections()));
        set("target", application.target());
        set("preload", Boolean.toString(application.preload()));
        set("directory", application.surroundings().directory());
        application.surroundings().pythonPath().forEach(folder -> set("pythonpath", folder));
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

    void hook(String name, List<Integer> arguments) {
        List<String> fields = new ArrayList<>(List.of("hook", name));
        for (Integer argument : arguments) {
            fields.add(argument.toString());
        }
        say(fields.toArray(String[]::new));
    }

    /// Has a line logged by the loggers of its configuration.
    void log(String level, String message) {
        say("log", level, message);
    }

    /// Has it and its workers open the files of their loggers anew.
    void reopenLogs() {
        say("reopen");
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
