package dev.fairlead.cli.run;

import dev.fairlead.admin.StackControl;
import dev.fairlead.model.status.LogLine;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/// What a unit printed before it failed, which is where the cause stands most of the time.
final class LastWords {
    private static final int MOST = 5;
    private static final int LOOKED_AT = 60;

    private LastWords() {}

    /// @param sinceMillis when this program began, in milliseconds since 1970: what is older was said to another
    /// @return lines for people, the first of which names the unit; empty if the unit printed nothing
    static String of(StackControl stack, String unit, long sinceMillis) {
        List<LogLine> lines = new ArrayList<>();
        stack.logs(Optional.of(unit), LOOKED_AT, false, lines::add).close();
        lines.removeIf(line -> line.atMillis() < sinceMillis);
        List<String> said = last(lines, ProcessHandle.current().pid());
        return said.isEmpty() ? "" : unit + " said last:\n    " + String.join("\n    ", said);
    }

    /// The last lines that stand together between two words of the supervisor, oldest first.
    ///
    /// @param supervisor its process: the lines that carry it are its own
    static List<String> last(List<LogLine> lines, long supervisor) {
        Deque<String> found = new ArrayDeque<>();
        for (LogLine line : lines.reversed()) {
            boolean isOwn = line.pid() == supervisor || line.pid() == 0;
            if (found.size() == MOST || (isOwn && !found.isEmpty())) {
                break;
            }
            if (!isOwn && !line.text().isBlank()) {
                found.addFirst(line.text());
            }
        }
        return List.copyOf(found);
    }
}
