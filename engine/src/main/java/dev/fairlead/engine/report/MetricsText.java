package dev.fairlead.engine.report;

import dev.fairlead.engine.stick.Table;
import dev.fairlead.engine.stick.Tables;
import dev.fairlead.engine.upstream.server.ServerFacts;
import dev.fairlead.model.roster.Section;
import dev.fairlead.model.text.StickTable;
import dev.fairlead.model.upstream.Duty;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// The table, the facts about the process and the tables of counters in the text format 0.0.4 of Prometheus.
final class MetricsText {
    private final TrafficReport report;
    private final Tables tables;

    MetricsText(TrafficReport report, Tables tables) {
        this.report = report;
        this.tables = tables;
    }

    String of(MetricsQuery query) {
        StringBuilder out = new StringBuilder(32_768);
        if (query.has(MetricsQuery.Scope.GLOBAL)) {
            ProcessMetrics.write(report, out);
        }
        Map<StatRow.Kind, List<TrafficMetricRow.Subject>> subjects = subjects(query.leavesOutMaintenance());
        subjects.forEach((kind, own) -> {
            if (query.has(MetricsQuery.Scope.of(kind))) {
                TrafficMetrics.ROWS.stream()
                        .filter(row -> row.kinds().contains(kind))
                        .forEach(row -> row.write(kind, own, out));
            }
        });
        if (query.has(MetricsQuery.Scope.STICKTABLE)) {
            tables(out);
        }
        return out.toString();
    }

    private Map<StatRow.Kind, List<TrafficMetricRow.Subject>> subjects(boolean leavesOutMaintenance) {
        Map<StatRow.Kind, List<TrafficMetricRow.Subject>> all = new EnumMap<>(StatRow.Kind.class);
        for (StatRow.Kind kind : StatRow.Kind.values()) {
            all.put(kind, new ArrayList<>());
        }
        for (Section section : report.roster().sections()) {
            List<ServerFacts> servers = report.servers(section);
            String proxy = Metric.label("proxy", section.name());
            for (StatRow row : report.rows(section)) {
                List<ServerFacts> own = row.kind() != StatRow.Kind.SERVER
                        ? servers
                        : servers.stream()
                                .filter(server -> server.number() == row.server())
                                .toList();
                String labels = row.kind() != StatRow.Kind.SERVER
                        ? proxy
                        : proxy + "," + Metric.label("server", row.text(StatColumn.SVNAME));
                boolean isLeftOut = row.kind() == StatRow.Kind.SERVER
                        && (own.isEmpty()
                                || (leavesOutMaintenance
                                        && (own.getFirst().duty() == Duty.MAINTENANCE
                                                || !own.getFirst().isPlaced())));
                if (!isLeftOut) {
                    all.computeIfAbsent(row.kind(), kind -> new ArrayList<>())
                            .add(new TrafficMetricRow.Subject(row, labels, own));
                }
            }
        }
        return all;
    }

    private void tables(StringBuilder out) {
        tables(
                new Metric("haproxy_sticktable_size", false, "Most entries that the table keeps."),
                out,
                table -> table.description().mostEntries());
        tables(new Metric("haproxy_sticktable_used", false, "Entries in the table."), out, Table::size);
    }

    private void tables(Metric metric, StringBuilder out, Function<Table, Long> value) {
        List<Table> all = tables.all().stream()
                .sorted(Comparator.comparing(table -> table.description().name()))
                .toList();
        if (!all.isEmpty()) {
            metric.head(out);
        }
        for (Table table : all) {
            StickTable description = table.description();
            metric.value(
                    Metric.label("name", description.name()) + "," + Metric.label("type", word(description.key())),
                    value.apply(table).toString(),
                    out);
        }
    }

    private static String word(StickTable.Key key) {
        return switch (key) {
            case IPV4 -> "ip";
            case IPV6 -> "ipv6";
            case NUMBER -> "integer";
            case TEXT -> "string";
            case BYTES -> "binary";
        };
    }
}
