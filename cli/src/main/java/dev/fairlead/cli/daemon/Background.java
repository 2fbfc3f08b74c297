package dev.fairlead.cli.daemon;

import dev.fairlead.cli.run.Relaunch;
import dev.fairlead.model.http.Logging;
import dev.fairlead.model.plan.RuntimeOptions;
import dev.fairlead.os.Descriptors;
import dev.fairlead.os.OpenFile;
import dev.fairlead.os.Pipe;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Going to the background. A Java program cannot fork, so it is started once more, detached, and the one in
/// the foreground ends when that one serves, or says that it cannot. What it says until then is passed on; a
/// zero byte stands for "it serves".
public final class Background {
    private static final String CHANNEL = "FAIRLEAD_READY_FD";
    private static final int ERRORS = 2;
    private static final int BESIDES = 3;

    private Background() {}

    /// Whether this is the program in the background, or one that was told to stay in the foreground by who
    /// started it.
    public static boolean isThere() {
        return System.getenv(CHANNEL) != null;
    }

    /// Starts the program in the background and waits until it serves or has failed.
    ///
    /// @return the exit status
    public static int start(RuntimeOptions options, PrintStream err) throws IOException {
        Pipe pipe = Pipe.open();
        int nothing = OpenFile.nothing();
        // Where errors are logged to standard error it stays open; else it is only needed until the program serves.
        boolean logsThere =
                options.errorLogs().stream().anyMatch(log -> log.target() instanceof Logging.Target.StandardError);
        List<Integer> descriptors = logsThere
                ? List.of(nothing, nothing, ERRORS, pipe.writeEnd())
                : List.of(nothing, nothing, pipe.writeEnd());
        Relaunch.same(Map.of(CHANNEL, Integer.toString(logsThere ? BESIDES : ERRORS)), descriptors);
        Descriptors.close(pipe.writeEnd());
        Descriptors.close(nothing);
        Descriptors.blocks(pipe.readEnd(), true);
        try (InputStream said = new FileInputStream("/proc/self/fd/" + pipe.readEnd())) {
            Descriptors.close(pipe.readEnd());
            return passOn(said, err);
        }
    }

    private static int passOn(InputStream said, PrintStream err) throws IOException {
        for (int next = said.read(); next >= 0; next = said.read()) {
            if (next == 0) {
                err.flush();
                return 0;
            }
            err.write(next);
        }
        err.flush();
        return 1;
    }

    /// Where to tell who started this program that it serves. To be opened before root is given up: after that
    /// a process may no longer look its own descriptors up.
    public static Optional<OutputStream> channel() throws IOException {
        String number = System.getenv().getOrDefault(CHANNEL, "");
        if (number.isEmpty()) {
            return Optional.empty();
        }
        if (number.equals(Integer.toString(ERRORS))) {
            return Optional.of(new FileOutputStream(FileDescriptor.err));
        }
        OutputStream channel = new FileOutputStream("/proc/self/fd/" + number);
        Descriptors.close(Integer.parseInt(number));
        return Optional.of(channel);
    }

    /// Tells it.
    public static void serves(OutputStream channel) throws IOException {
        System.err.flush();
        channel.write(0);
        channel.flush();
    }

    /// Taken away from the environment of a newer program, which has nobody to tell.
    public static Map<String, String> forgotten() {
        return Map.of(CHANNEL, "");
    }
}
