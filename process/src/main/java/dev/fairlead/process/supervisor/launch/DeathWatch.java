package dev.fairlead.process.supervisor.launch;

import dev.fairlead.model.service.lifecycle.Signal;
import dev.fairlead.os.Descriptors;
import dev.fairlead.os.MasterLoop;
import dev.fairlead.os.OpenFile;
import dev.fairlead.os.OsException;
import dev.fairlead.os.Pipe;
import dev.fairlead.os.Spawn;
import dev.fairlead.process.baton.Baton;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A small process that outlives the supervisor for a moment: it knows the main process of every service, and
/// sends each its stop signal once the other end of its pipe is closed, whatever has become of the supervisor.
///
/// The kernel's own way (`PR_SET_PDEATHSIG`) goes by the thread that started a process. All threads but one end
/// when a program executes another, so that it would end services at an upgrade. Only on the master loop.
public final class DeathWatch {
    private static final Logger LOG = LoggerFactory.getLogger(DeathWatch.class);
    /// One line for each process: `+ PID:SIGNAL` when it begins, `- PID:SIGNAL` when it has ended.
    private static final String SCRIPT = """
            trap '' HUP INT QUIT TERM USR1 USR2 PIPE
            left=' '
            while read -r what one; do
              case $what in
                +) left="$left$one " ;;
                -) case $left in *" $one "*) left="${left%%" $one "*} ${left#*" $one "}" ;; esac ;;
              esac
            done
            for one in $left; do kill -"${one#*:}" "${one%:*}"; done 2>/dev/null
            """;
    private static final String TITLE = "fairlead: ends services once their supervisor is gone";

    private final MasterLoop loop;
    private final Map<Integer, Signal> watched = new LinkedHashMap<>();
    private OptionalInt writeEnd = OptionalInt.empty();
    private Optional<Child> process = Optional.empty();

    public DeathWatch(MasterLoop loop) {
        this.loop = loop;
    }

    /// @param signal what the process gets when the supervisor is gone
    void add(int pid, Signal signal) {
        watched.put(pid, signal);
        if (writeEnd.isEmpty()) {
            begin();
        } else {
            write("+", pid, signal);
        }
    }

    /// The process has ended. To be told before its number may belong to another one.
    public void remove(int pid) {
        Signal signal = watched.remove(pid);
        if (signal != null) {
            write("-", pid, signal);
        }
    }

    private void begin() {
        try {
            Pipe pipe = Pipe.open();
            int nothing = OpenFile.nothing();
            try {
                Descriptors.blocks(pipe.readEnd(), true);
                // A list of processes shows what it is, and not how it does it.
                List<String> command = List.of("/bin/sh", "-c", "eval \"$SCRIPT\"", TITLE);
                List<String> environment = List.of("SCRIPT=" + SCRIPT);
                List<Integer> descriptors = List.of(pipe.readEnd(), nothing, nothing);
                int pid = new Spawn("/bin/sh", command, environment, Optional.of(Path.of("/")), descriptors).start();
                watch(pid);
                writeEnd = OptionalInt.of(pipe.writeEnd());
            } finally {
                Descriptors.close(nothing);
                Descriptors.close(pipe.readEnd());
            }
            watched.forEach((pid, signal) -> write("+", pid, signal));
        } catch (OsException refused) {
            LOG.warn("services would outlive this program if it were killed: {}", refused.getMessage());
        }
    }

    private void watch(int pid) throws OsException {
        process = Optional.of(Child.watch(loop, pid, Optional.empty(), _ -> ended()));
    }

    /// Somebody has ended it.
    private void ended() {
        process = Optional.empty();
        if (writeEnd.isPresent()) {
            letGo();
            begin();
        }
    }

    public boolean watches(int pid) {
        return process.filter(child -> child.pid() == pid).isPresent();
    }

    private void write(String what, int pid, Signal signal) {
        writeEnd.ifPresent(pipe -> {
            String line = what + " " + pid + ":" + signal.number() + "\n";
            try {
                Pipe.write(pipe, line.getBytes(StandardCharsets.US_ASCII));
            } catch (OsException gone) {
                LOG.debug("the watch over services is gone, and about to be started anew", gone);
            }
        });
    }

    private void letGo() {
        writeEnd.ifPresent(Descriptors::close);
        writeEnd = OptionalInt.empty();
    }

    /// The supervisor ends: what still runs gets its signal now.
    public void close() {
        letGo();
    }

    public void save(Baton part) {
        process.ifPresent(child -> part.put("pid", child.pid()));
        part.put(
                "watched",
                watched.entrySet().stream()
                        .map(one -> one.getKey() + ":" + one.getValue().number())
                        .toList());
        writeEnd.ifPresent(pipe -> part.hand("pipe", pipe));
    }

    /// Goes on with the process that an earlier program has started, and that knows all it was told.
    public void resume(Baton part) {
        for (String one : part.texts("watched")) {
            String[] words = one.split(":", -1);
            watched.put(Integer.parseInt(words[0]), new Signal(Integer.parseInt(words[1])));
        }
        OptionalInt pipe = part.take("pipe");
        if (pipe.isEmpty()) {
            return;
        }
        writeEnd = pipe;
        try {
            watch((int) part.number("pid", 0));
        } catch (OsException gone) {
            ended();
        }
    }
}
