package dev.fairlead.admin;

import dev.fairlead.model.status.ApplicationStatus;
import dev.fairlead.model.status.ExitReport;
import dev.fairlead.model.status.HopStatus;
import dev.fairlead.model.status.ListenerStatus;
import dev.fairlead.model.status.StackStatus;
import dev.fairlead.model.status.UnitStatus;
import dev.fairlead.model.status.UpstreamStatus;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/// Status for people: a line about the stack, then a table for each kind of thing it has.
public final class StatusText {
    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneId.systemDefault());

    private StatusText() {}

    public static String render(StackStatus status) {
        StringBuilder out = new StringBuilder();
        out.append(status.name()).append("  ").append(status.location());
        out.append("\npid ").append(status.pid()).append(" since ").append(moment(status.sinceMillis()));
        out.append(", ").append(size(status.residentBytes()));
        out.append(", configuration ").append(status.traffic().generation()).append(" since ");
        out.append(moment(status.traffic().generationSinceMillis()));
        out.append(", ").append(status.traffic().connections()).append(" connections open, ");
        out.append(status.traffic().requests()).append(" requests so far\n");
        append(out, listeners(status.traffic().listeners()));
        append(out, upstreams(status.traffic().upstreams()));
        append(out, hops(status.traffic().hops()));
        append(out, workers(status.applications()));
        problemsOf(out, status.applications());
        append(out, units(status.units()));
        problems(out, status.units());
        return out.toString();
    }

    private static void append(StringBuilder out, Table table) {
        if (!table.isEmpty()) {
            out.append('\n').append(table.render());
        }
    }

    private static Table listeners(List<ListenerStatus> listeners) {
        Table table = new Table("LISTENER", "SPEAKS", "SET AT");
        for (ListenerStatus listener : listeners) {
            table.row(listener.address(), listener.tls() ? "https" : "http", listener.origin());
        }
        return table;
    }

    private static Table upstreams(List<UpstreamStatus> upstreams) {
        Table table = new Table("UPSTREAM", "SERVER", "STATE", "ACTIVE", "REQUESTS", "FAILURES", "IDLE", "LAST CHECK");
        for (UpstreamStatus upstream : upstreams) {
            for (UpstreamStatus.Server server : upstream.servers()) {
                table.row(
                        upstream.name(),
                        server.name().equals(server.address())
                                ? server.address()
                                : server.name() + " " + server.address(),
                        server.state().word(),
                        Integer.toString(server.active()),
                        Long.toString(server.requests()),
                        Long.toString(server.failures()),
                        Integer.toString(server.idle()),
                        server.check().map(StatusText::check).orElse("-"));
            }
        }
        return table;
    }

    private static String check(UpstreamStatus.Check check) {
        String times = check.inRow() > 1 ? check.inRow() + " times " : "";
        return times + (check.isWell() ? "well: " : "failed: ") + check.reason() + " (" + check.millis() + " ms)";
    }

    private static Table hops(List<HopStatus> hops) {
        Table table = new Table("HOP WITHOUT SOCKET", "FROM", "TO LISTENER SET AT");
        for (HopStatus hop : hops) {
            table.row(hop.to(), hop.from(), hop.listener());
        }
        return table;
    }

    private static Table workers(List<ApplicationStatus> applications) {
        Table table = new Table("APPLICATION", "RUNS", "WORKER", "STATE", "PID", "REQUESTS", "MEMORY", "SINCE");
        for (ApplicationStatus application : applications) {
            if (application.workers().isEmpty()) {
                table.row(application.name(), application.target(), "-", "no worker", "-", "-", "-", "-");
            }
            for (ApplicationStatus.WorkerStatus worker : application.workers()) {
                table.row(
                        application.name(),
                        application.target(),
                        worker.generation() + "#" + worker.number(),
                        worker.state(),
                        Integer.toString(worker.pid()),
                        Long.toString(worker.requests()),
                        size(worker.residentBytes()),
                        moment(worker.sinceMillis()));
            }
        }
        return table;
    }

    private static void problemsOf(StringBuilder out, List<ApplicationStatus> applications) {
        for (ApplicationStatus application : applications) {
            application.problem().ifPresent(problem -> out.append("\n" + application.name() + ": " + problem + "\n"));
        }
    }

    private static Table units(List<UnitStatus> units) {
        Table table = new Table("UNIT", "STATE", "PID", "RESTARTS", "MEMORY", "SINCE", "DESCRIPTION");
        for (UnitStatus unit : units) {
            table.row(
                    unit.name(),
                    unit.activity().word() + " (" + unit.subState() + ")",
                    unit.mainPid().isPresent() ? Integer.toString(unit.mainPid().getAsInt()) : "-",
                    Integer.toString(unit.restarts()),
                    unit.memoryBytes().isPresent() ? size(unit.memoryBytes().getAsLong()) : "-",
                    unit.sinceMillis() > 0 ? moment(unit.sinceMillis()) : "-",
                    unit.description()
                            + unit.application()
                                    .map(application -> " (application " + application + ")")
                                    .orElse(""));
        }
        return table;
    }

    private static void problems(StringBuilder out, List<UnitStatus> units) {
        for (UnitStatus unit : units) {
            unit.problem().ifPresent(problem -> out.append("\n" + unit.name() + ": " + problem + "\n"));
            if (unit.activity() == UnitStatus.Activity.FAILED) {
                unit.lastExit().ifPresent(exit -> out.append("\n" + unit.name() + ": " + ended(exit) + "\n"));
            }
            if (unit.changePending()) {
                out.append("\n" + unit.name() + ": its file has changed; restart it to apply that\n");
            }
        }
    }

    private static String ended(ExitReport exit) {
        return "process " + exit.pid() + " ended at " + moment(exit.atMillis())
                + (exit.signalled() ? " by signal " : " with status ") + exit.code();
    }

    /// A size as people read it: `812 KiB`, `61.3 MiB`.
    public static String size(long bytes) {
        if (bytes < 1 << 20) {
            return bytes / 1024 + " KiB";
        }
        double mebi = bytes / (double) (1 << 20);
        return mebi < 1024
                ? String.format(Locale.ROOT, "%.1f MiB", mebi)
                : String.format(Locale.ROOT, "%.2f GiB", mebi / 1024);
    }

    static String moment(long millis) {
        return MOMENT.format(Instant.ofEpochMilli(millis));
    }
}
