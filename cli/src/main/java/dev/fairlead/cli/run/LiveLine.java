package dev.fairlead.cli.run;

import dev.fairlead.admin.StatusText;
import dev.fairlead.model.status.StackStatus;
import dev.fairlead.model.status.UnitStatus;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;

/// The line at the bottom of a terminal that says how a stack is doing. Events are printed above it. Safe for
/// use by several threads.
final class LiveLine {
    private static final String ERASE = "\r\u001b[K";

    private final PrintStream out;
    private final boolean isTerminal;
    private String shown = "";
    private long lastRequests;
    private long lastNanos;

    LiveLine(PrintStream out, boolean isTerminal) {
        this.out = out;
        this.isTerminal = isTerminal;
    }

    /// Whether standard output is a terminal.
    static boolean standardOutputIsTerminal() {
        try {
            String target = Files.readSymbolicLink(Path.of("/proc/self/fd/1")).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
        } catch (IOException unknown) {
            return false;
        }
    }

    boolean isShown() {
        return isTerminal;
    }

    /// Shows the present state in place of the last one.
    ///
    /// @param nanos on the monotonic clock
    synchronized void update(StackStatus status, long nanos) {
        if (isTerminal) {
            shown = text(status, nanos);
            out.print(ERASE + shown);
            out.flush();
        }
    }

    /// Prints a line that stays.
    synchronized void event(String line) {
        out.print(isTerminal ? ERASE + line + "\n" + shown : line + "\n");
        out.flush();
    }

    /// Takes the line away.
    synchronized void end() {
        if (isTerminal && !shown.isEmpty()) {
            out.print(ERASE);
            out.flush();
        }
        shown = "";
    }

    private String text(StackStatus status, long nanos) {
        long requests = status.traffic().requests();
        long rate = lastNanos == 0 ? 0 : (requests - lastRequests) * 1_000_000_000L / Math.max(1, nanos - lastNanos);
        lastRequests = requests;
        lastNanos = nanos;
        long active = status.units().stream()
                .filter(unit -> unit.activity() == UnitStatus.Activity.ACTIVE)
                .count();
        String units =
                status.units().isEmpty() ? "" : active + " of " + status.units().size() + " units active, ";
        return units + status.traffic().connections() + " connections, " + rate + " requests/s, "
                + StatusText.size(status.residentBytes());
    }
}
