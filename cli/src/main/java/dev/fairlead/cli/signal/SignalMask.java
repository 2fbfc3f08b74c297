package dev.fairlead.cli.signal;

import dev.fairlead.os.OsException;
import dev.fairlead.os.Processes;
import dev.fairlead.os.Signals;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Makes sure that signals are blocked in every thread. Where no launcher saw to it, the program blocks them
/// itself and executes itself once more, since threads that are there already would still be hit.
public final class SignalMask {
    private static final String MARK = "FAIRLEAD_SIGNALS_BLOCKED";

    private SignalMask() {}

    /// Returns if they are blocked; else does not return.
    ///
    /// @throws IOException if this program cannot be executed again
    public static void ensure() throws IOException {
        if (Signals.areBlocked(SignalWatch.HANDLED)) {
            return;
        }
        if (System.getenv(MARK) != null) {
            throw new IOException("signals could not be blocked");
        }
        Signals.block(SignalWatch.HANDLED);
        OsException refused = Processes.become("/proc/self/exe", command(), environment());
        throw refused;
    }

    /// This process's own command line, with the option that keeps Java's hands off signals.
    private static List<String> command() throws IOException {
        String raw = Files.readString(Path.of("/proc/self/cmdline"), StandardCharsets.UTF_8);
        List<String> words = new ArrayList<>(List.of(raw.split("\0", -1)));
        words.removeLast();
        if (!words.contains("-Xrs")) {
            words.add(1, "-Xrs");
        }
        return words;
    }

    private static List<String> environment() {
        List<String> variables = new ArrayList<>();
        for (Map.Entry<String, String> variable : System.getenv().entrySet()) {
            variables.add(variable.getKey() + "=" + variable.getValue());
        }
        variables.add(MARK + "=1");
        // HotSpot would unblock USR2, its own suspend signal, in most of its threads.
        variables.add("_JAVA_SR_SIGNUM=62");
        return variables;
    }
}
