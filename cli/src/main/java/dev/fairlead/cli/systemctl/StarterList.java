package dev.fairlead.cli.systemctl;

import dev.fairlead.dialect.Glob;
import java.io.PrintStream;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;

/// `list-sockets` and `list-timers`: units that start others, and when or where.
record StarterList(Arguments arguments, Loaded loaded, long nowMicros, PrintStream out) {
    int sockets() throws Fault {
        Grid grid = new Grid("LISTEN", "UNIT", "ACTIVATES");
        List<Properties> units = shown(".socket");
        units.stream()
                .flatMap(unit -> unit.list("Places").stream().map(place -> List.of(place, unit.id(), starts(unit))))
                .sorted(Comparator.comparing(List::getFirst))
                .forEach(row -> grid.add(row.get(0), row.get(1), row.get(2)));
        return show(grid, "sockets");
    }

    int timers() throws Fault {
        Grid grid = new Grid("NEXT", "LEFT", "LAST", "PASSED", "UNIT", "ACTIVATES");
        shown(".timer").stream()
                .sorted(Comparator.comparingLong(StarterList::order).thenComparing(Properties::id))
                .forEach(unit -> {
                    long next = unit.number("NextElapseUSecRealtime");
                    long last = unit.number("LastTriggerUSec");
                    grid.add(
                            moment(next),
                            next == 0 ? "" : Moments.left(next, nowMicros),
                            moment(last),
                            last == 0 ? "" : Moments.ago(last, nowMicros),
                            unit.id(),
                            starts(unit));
                });
        return show(grid, "timers");
    }

    /// Those that elapse never come last.
    private static long order(Properties unit) {
        long next = unit.number("NextElapseUSecRealtime");
        return next == 0 ? Long.MAX_VALUE : next;
    }

    private static String moment(long micros) {
        return micros == 0 ? "" : Moments.timestamp(micros, ZoneId.systemDefault());
    }

    private static String starts(Properties unit) {
        return String.join(", ", unit.list("Triggers"));
    }

    private List<Properties> shown(String ending) {
        return loaded.units().stream()
                .filter(unit -> unit.id().endsWith(ending))
                .filter(unit -> arguments.has("all") || !unit.activity().equals("inactive"))
                .filter(unit -> arguments.operands().isEmpty()
                        || arguments.operands().stream().anyMatch(pattern -> Glob.matches(pattern, unit.id())))
                .toList();
    }

    private int show(Grid grid, String what) throws Fault {
        String format = Outputs.format(arguments);
        if (format.startsWith("json")) {
            out.print(grid.json(format.equals("json-pretty")));
            return 0;
        }
        if (grid.size() > 0 || !arguments.hasLegend()) {
            out.print(grid.text(arguments.hasLegend()));
        }
        if (arguments.hasLegend()) {
            out.println((grid.size() > 0 ? "\n" : "") + grid.size() + " " + what + " listed.");
            if (!arguments.has("all")) {
                out.println("Pass --all to see loaded but inactive " + what + ", too.");
            }
        }
        return 0;
    }
}
