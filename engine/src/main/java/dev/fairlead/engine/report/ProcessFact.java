package dev.fairlead.engine.report;

import dev.fairlead.engine.connection.Traffic;
import dev.fairlead.engine.tally.Tallies;
import dev.fairlead.engine.tally.WholeLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// A fact about the process, in the names and the order of HAProxy's `show info`. What has no counterpart here
/// stands as 0, so that programs which look for it go on.
///
/// @param position by which programs find it
/// @param tags where it comes from, what it is and what it holds for, a letter each
/// @param type `str`, `u32` or `u64`
public record ProcessFact(int position, String name, String tags, String type, String value) {

    /// The release of HAProxy whose facts, commands and metrics these are.
    public static final String FOLLOWED = "2.6.12";

    /// @param name of the program
    /// @param version as programs look for
    public static List<ProcessFact> all(TrafficReport report, String name, String version) {
        Maker maker = new Maker();
        product(maker, report, name, version);
        memory(maker);
        connections(maker, report);
        secured(maker);
        state(maker, report, version);
        return maker.fields;
    }

    private static void product(Maker maker, TrafficReport report, String name, String version) {
        maker.add("Name", "POS", "str", name);
        maker.add("Version", "POS", "str", version);
        maker.add("Release_date", "POS", "str", "2026/11/21");
        maker.number("Nbthread", "CGS", report.loops());
        maker.number("Nbproc", "CGS", 1);
        maker.number("Process_num", "KGP", 1);
        maker.number("Pid", "SGP", ProcessHandle.current().pid());
        long up = report.uptimeSeconds();
        maker.add(
                "Uptime",
                "MDP",
                "str",
                String.format(
                        Locale.ROOT, "%dd %dh%02dm%02ds", up / 86_400, up % 86_400 / 3_600, up % 3_600 / 60, up % 60));
        maker.number("Uptime_sec", "MDP", up);
    }

    private static void memory(Maker maker) {
        Runtime runtime = Runtime.getRuntime();
        long all = runtime.totalMemory() >> 20;
        maker.number("Memmax_MB", "CLP", 0);
        maker.number("PoolAlloc_MB", "MGP", all);
        maker.number("PoolUsed_MB", "MGP", all - (runtime.freeMemory() >> 20));
        maker.number("PoolFailed", "MCP", 0);
    }

    /// Connections at once, where the configuration says nothing what is shown instead.
    public static int usualLimit(int planned, TrafficReport report) {
        return planned > 0 ? planned : 8192 * report.loops();
    }

    private static void connections(Maker maker, TrafficReport report) {
        Traffic traffic = report.traffic();
        Tallies tallies = report.tallies();
        WholeLimits limits = tallies.whole();
        int most = usualLimit(limits.planned(), report);
        maker.number("Ulimit-n", "CLP", 2L * most);
        maker.number("Maxsock", "CLP", 2L * most);
        maker.number("Maxconn", "CLP", limits.most() > 0 ? limits.most() : most);
        maker.number("Hard_maxconn", "CLP", most);
        maker.number("CurrConns", "MGP", traffic.active());
        maker.number("CumConns", "MCP", traffic.accepted());
        maker.number("CumReq", "MCP", traffic.requests());
        maker.zeros("MMP", "MaxSslConns").zeros("MGP", "CurrSslConns").zeros("MCP", "CumSslConns");
        maker.zeros("CLP", "Maxpipes").zeros("MGP", "PipesUsed", "PipesFree");
        maker.number("ConnRate", "MRP", tallies.rate());
        maker.number("ConnRateLimit", "CLP", limits.rates().connections());
        maker.number("MaxConnRate", "MMP", tallies.mostRate());
        maker.number("SessRate", "MRP", tallies.rate());
        maker.number("SessRateLimit", "CLP", limits.rates().sessions());
        maker.number("MaxSessRate", "MRP", tallies.mostRate());
    }

    private static void secured(Maker maker) {
        maker.zeros("MRP", "SslRate").zeros("CLP", "SslRateLimit").zeros("MMP", "MaxSslRate");
        maker.zeros("MGP", "SslFrontendKeyRate").zeros("MMP", "SslFrontendMaxKeyRate");
        maker.zeros("MGP", "SslFrontendSessionReuse_pct").zeros("MRP", "SslBackendKeyRate");
        maker.zeros("MMP", "SslBackendMaxKeyRate").zeros("MCP", "SslCacheLookups", "SslCacheMisses");
        maker.zeros("MRP", "CompressBpsIn", "CompressBpsOut").zeros("CLP", "CompressBpsRateLim");
        // Two places that only builds with zlib fill.
        maker.skip(2);
    }

    private static void state(Maker maker, TrafficReport report, String version) {
        maker.number("Tasks", "MGP", Thread.activeCount());
        maker.zeros("MGP", "Run_queue");
        maker.number("Idle_pct", "MaP", 100);
        maker.add("node", "COS", "str", report.roster().node());
        if (report.roster().description().isEmpty()) {
            maker.skip(1);
        } else {
            maker.add("description", "COS", "str", report.roster().description());
        }
        maker.zeros("MGP", "Stopping");
        maker.number("Jobs", "MGP", report.traffic().active() + report.listening());
        maker.zeros("MGP", "Unstoppable Jobs");
        maker.number(
                "Listeners",
                "MGP",
                report.listening() + report.roster().sockets().size());
        maker.zeros("MGP", "ActivePeers", "ConnectedPeers", "DroppedLogs", "BusyPolling", "FailedResolutions");
        long out = report.rows().stream()
                .filter(row -> row.kind() == StatRow.Kind.FRONTEND)
                .mapToLong(row -> row.number(StatColumn.BOUT))
                .sum();
        maker.large("TotalBytesOut", "MGP", out);
        maker.large("TotalSplicdedBytesOut", "MGP", 0);
        maker.large("BytesOutRate", "MRP", 0);
        maker.zeros("MGP", "DebugCommandsIssued").zeros("MCP", "CumRecvLogs");
        maker.add("Build info", "POS", "str", version);
        maker.number("Memmax_bytes", "CLP", 0);
        Runtime runtime = Runtime.getRuntime();
        maker.large("PoolAlloc_bytes", "MGP", runtime.totalMemory());
        maker.large("PoolUsed_bytes", "MGP", runtime.totalMemory() - runtime.freeMemory());
        maker.number("Start_time_sec", "MDP", java.time.Clock.systemUTC().millis() / 1_000 - report.uptimeSeconds());
        maker.add("Tainted", "SGP", "str", "0");
    }

    /// Collects facts in their order.
    private static final class Maker {
        private final List<ProcessFact> fields = new ArrayList<>();
        private int position;

        void add(String name, String tags, String type, String value) {
            fields.add(new ProcessFact(position++, name, tags, type, value));
        }

        void number(String name, String tags, long value) {
            add(name, tags, "u32", Long.toString(value));
        }

        void large(String name, String tags, long value) {
            add(name, tags, "u64", Long.toString(value));
        }

        Maker zeros(String tags, String... names) {
            for (String name : names) {
                number(name, tags, 0);
            }
            return this;
        }

        void skip(int places) {
            position += places;
        }
    }

    public static String text(List<ProcessFact> fields) {
        return fields.stream()
                .map(field -> field.name() + ": " + field.value() + "\n")
                .collect(Collectors.joining());
    }

    public static String typed(List<ProcessFact> fields) {
        return fields.stream()
                .map(field -> field.position() + "." + field.name() + ".1:" + field.tags() + ":" + field.type() + ":"
                        + field.value() + "\n")
                .collect(Collectors.joining());
    }

    public static String json(List<ProcessFact> fields) {
        return fields.stream()
                        .map(field -> "{"
                                + StatText.field(
                                        field.position(), field.name(), field.tags(), field.type(), field.value())
                                + "}")
                        .collect(Collectors.joining(",", "[", "]"))
                + "\n";
    }
}
