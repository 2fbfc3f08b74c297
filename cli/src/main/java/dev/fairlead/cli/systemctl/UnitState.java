package dev.fairlead.cli.systemctl;

import dev.fairlead.model.service.lifecycle.Signal;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.concurrent.TimeUnit;

/// `status`: units for people, with the last lines of their logs.
final class UnitState {
    private static final int NOT_RUNNING = 3;
    private static final int UNKNOWN = 4;
    private static final DateTimeFormatter LOG_TIME = DateTimeFormatter.ofPattern("MMM dd HH:mm:ss", Locale.ENGLISH);

    private final Arguments arguments;
    private final RunningStack stack;
    private final Loaded loaded;
    private final long nowMicros;
    private final PrintStream out;
    private final PrintStream err;

    UnitState(
            Arguments arguments, RunningStack stack, Loaded loaded, long nowMillis, PrintStream out, PrintStream err) {
        this.arguments = arguments;
        this.stack = stack;
        this.loaded = loaded;
        this.nowMicros = TimeUnit.MILLISECONDS.toMicros(nowMillis);
        this.out = out;
        this.err = err;
    }

    int run() throws Fault {
        if (arguments.operands().isEmpty()) {
            whole();
            return 0;
        }
        int first = 0;
        boolean isFirst = true;
        for (String name : loaded.names(arguments)) {
            Properties unit = loaded.any(name);
            if (unit.text("LoadState").equals("not-found")) {
                err.println("Unit " + name + " could not be found.");
                first = first == 0 ? UNKNOWN : first;
                continue;
            }
            if (!isFirst) {
                out.println();
            }
            isFirst = false;
            print(unit);
            first = first == 0 && !unit.isUp() ? NOT_RUNNING : first;
        }
        return first;
    }

    private void whole() throws Fault {
        SequencedMap<String, String> about = stack.stack();
        String state = SystemState.of(stack, loaded);
        long failed = loaded.units().stream()
                .filter(unit -> unit.activity().equals("failed"))
                .count();
        long since = TimeUnit.MILLISECONDS.toMicros(Long.parseLong(about.getOrDefault("sinceMillis", "0")));
        out.println((state.equals("degraded") ? "×" : "●") + " " + about.getOrDefault("name", "stack"));
        out.println("    State: " + state);
        out.println("    Units: " + loaded.units().size() + " loaded (incl. loaded aliases)");
        out.println("     Jobs: " + stack.jobs().size() + " queued");
        out.println("   Failed: " + failed + " units");
        out.println("    Since: " + moment(since));
        out.println("  systemd: 252 (Fairlead)");
        out.println(" Main PID: " + about.getOrDefault("pid", "0"));
    }

    private String moment(long micros) {
        return Moments.timestamp(micros, ZoneId.systemDefault()) + "; " + Moments.ago(micros, nowMicros);
    }

    private void print(Properties unit) throws Fault {
        String description = unit.text("Description");
        boolean saysMore = !description.isEmpty() && !description.equals(unit.id());
        out.println(unit.dot() + " " + unit.id() + (saysMore ? " - " + description : ""));
        out.println("     Loaded: " + loadedLine(unit));
        dropIns(unit);
        out.println("     Active: " + activeLine(unit));
        process(unit);
        field("     Status: ", quoted(unit.text("StatusText")));
        if (unit.text("TasksCurrent").matches("\\d+")) {
            out.println("      Tasks: " + unit.text("TasksCurrent"));
            out.println("     Memory: " + Moments.bytes(unit.number("MemoryCurrent")));
        }
        field("    Problem: ", unit.text("Problem"));
        if (unit.text("ChangePending").equals("yes")) {
            out.println("    Changed: a restart applies the unit as it is written now");
        }
        log(unit.id());
    }

    private void field(String title, String value) {
        if (!value.isEmpty()) {
            out.println(title + value);
        }
    }

    private static String quoted(String text) {
        return text.isEmpty() ? "" : "\"" + text + "\"";
    }

    private static String loadedLine(Properties unit) {
        String state = unit.text("LoadState");
        if (state.equals("masked")) {
            return "masked (Reason: Unit " + unit.id() + " is masked.)";
        }
        List<String> parts = new ArrayList<>();
        for (String part : List.of(unit.text("FragmentPath"), unit.text("UnitFileState"))) {
            if (!part.isEmpty()) {
                parts.add(part);
            }
        }
        if (parts.size() == 2
                && !List.of("static", "alias", "generated", "transient").contains(parts.getLast())) {
            parts.add("preset: " + unit.text("UnitFilePreset"));
        }
        return state + (parts.isEmpty() ? "" : " (" + String.join("; ", parts) + ")");
    }

    private void dropIns(Properties unit) {
        List<String> paths = unit.list("DropInPaths");
        String folder = "";
        for (int i = 0; i < paths.size(); i++) {
            Path path = Path.of(paths.get(i));
            String here = String.valueOf(path.getParent());
            if (!here.equals(folder)) {
                out.println((i == 0 ? "    Drop-In: " : "             ") + here);
                folder = here;
            }
            boolean isLast = i + 1 == paths.size()
                    || !String.valueOf(Path.of(paths.get(i + 1)).getParent()).equals(here);
            out.println("             " + (isLast ? "└─" : "├─") + path.getFileName());
        }
    }

    private String activeLine(Properties unit) {
        String result = unit.text("Result");
        String how = unit.activity().equals("failed") && !result.isEmpty() && !result.equals("success")
                ? "Result: " + result
                : unit.text("SubState");
        boolean neverRan = unit.activity().equals("inactive") && unit.number("ExecMainPID") == 0;
        long since = neverRan ? 0 : unit.number("StateChangeTimestamp");
        return unit.activity() + " (" + how + ")" + (since > 0 ? " since " + moment(since) : "");
    }

    private void process(Properties unit) {
        long pid = unit.number("MainPID");
        if (pid > 0) {
            out.println("   Main PID: " + pid + command(pid));
        } else if (unit.number("ExecMainExitTimestamp") > 0) {
            out.println("   Main PID: " + unit.text("ExecMainPID") + " (" + ending(unit) + ")");
        }
    }

    private static String command(long pid) {
        try {
            return " (" + Files.readString(Path.of("/proc/" + pid + "/comm")).strip() + ")";
        } catch (IOException gone) {
            return "";
        }
    }

    private static String ending(Properties unit) {
        String status = unit.text("ExecMainStatus");
        if (unit.text("ExecMainCode").equals("1")) {
            String word = switch (status) {
                case "0" -> "0/SUCCESS";
                case "1" -> "1/FAILURE";
                default -> status;
            };
            return "code=exited, status=" + word;
        }
        String how = unit.text("ExecMainCode").equals("3") ? "dumped" : "killed";
        int number = Integer.parseInt(status);
        return "code=" + how + ", signal=" + new Signal(number).shortName();
    }

    private void log(String name) throws Fault {
        List<SequencedMap<String, String>> lines = stack.log(name, Outputs.lines(arguments));
        if (!lines.isEmpty()) {
            out.println();
        }
        String host = HostName.get();
        for (SequencedMap<String, String> line : lines) {
            Instant at = Instant.ofEpochMilli(Long.parseLong(line.getOrDefault("atMillis", "0")));
            String identifier = line.getOrDefault("identifier", name.substring(0, name.lastIndexOf('.')));
            out.println(LOG_TIME.format(at.atZone(ZoneId.systemDefault())) + " " + host + " " + identifier + "["
                    + line.getOrDefault("pid", "0") + "]: " + line.getOrDefault("text", ""));
        }
    }
}
