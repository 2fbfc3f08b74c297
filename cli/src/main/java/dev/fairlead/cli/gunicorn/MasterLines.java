package dev.fairlead.cli.gunicorn;

import dev.fairlead.os.MasterLoop;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/// What the program itself has to say. Where the configuration is about Python's loggers they say it, once there
/// are any; lines from before wait for them. Safe for use by several threads.
final class MasterLines {
    /// Whoever has Python's loggers say something, on the master loop.
    interface Python {
        /// @return whether there is a process that does
        boolean log(String level, String message);
    }

    private record Line(String level, String message) {}

    private final ErrorLog plain;
    private final Deque<Line> kept = new ArrayDeque<>();
    private boolean isKeeping;
    private @Nullable Python python;
    private @Nullable MasterLoop loop;

    /// @param waits whether there will be Python's loggers
    MasterLines(ErrorLog plain, boolean waits) {
        this.plain = plain;
        this.isKeeping = waits;
    }

    /// There are Python's loggers from now on, or will be.
    synchronized void begin(MasterLoop on, Python loggers) {
        python = loggers;
        loop = on;
    }

    void write(String level, String message) {
        synchronized (this) {
            kept.add(new Line(level, message));
            if (isKeeping) {
                return;
            }
        }
        onLoop();
    }

    /// What the master tells: it does on its loop, and there are loggers as soon as there are workers.
    synchronized void told(String level, String message) {
        kept.add(new Line(level, message));
        say();
    }

    /// Nothing waits any longer.
    void flush() {
        synchronized (this) {
            isKeeping = false;
        }
        onLoop();
    }

    private void onLoop() {
        MasterLoop present;
        synchronized (this) {
            present = loop;
        }
        if (present == null) {
            say();
        } else {
            present.execute(this::say);
        }
    }

    private synchronized void say() {
        for (Line line = kept.poll(); line != null; line = kept.poll()) {
            if (python == null || !python.log(line.level(), line.message())) {
                plain.write(line.level(), line.message());
            }
        }
    }
}
