package dev.fairlead.engine.report;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// What is known of the process, as metrics. Names, types and order are those of HAProxy 2.6. What nobody counts
/// here is [Metric#UNKNOWN] and not 0, so that no graph shows a quiet that is not there.
final class ProcessMetrics {
    private static final String PREFIX = "haproxy_process_";

    private static final List<Row> ROWS = List.of(
            gauge("nbthread", "Nbthread", "Event loops that serve connections."),
            gauge("nbproc", "Nbproc", "Processes that serve connections: always one."),
            gauge("relative_process_id", "Process_num", "Number of this process among them."),
            gauge("uptime_seconds", "Uptime_sec", "Seconds since the program was started."),
            counter("pool_failures_total", "PoolFailed", "Allocations that failed."),
            gauge("max_fds", "Ulimit-n", "File descriptors the program reckons with."),
            gauge("max_sockets", "Maxsock", "Sockets the program reckons with."),
            gauge("max_connections", "Maxconn", "Client connections that are served at once at most."),
            gauge("hard_max_connections", "Hard_maxconn", "The same as the configuration has it."),
            gauge("current_connections", "CurrConns", "Client connections that are open."),
            counter("connections_total", "CumConns", "Client connections accepted so far."),
            counter("requests_total", "CumReq", "Requests read so far."),
            unknown("max_ssl_connections", false, "Most TLS connections at once; not limited."),
            unknown("current_ssl_connections", false, "TLS connections that are open."),
            unknown("ssl_connections_total", true, "TLS connections so far."),
            gauge("max_pipes", "Maxpipes", "Pipes for splicing; none are used."),
            counter("pipes_used_total", "PipesUsed", "Pipes in use."),
            counter("pipes_free_total", "PipesFree", "Pipes at rest."),
            gauge("current_connection_rate", "ConnRate", "Connections accepted in the last second."),
            gauge("limit_connection_rate", "ConnRateLimit", "Most of them in a second; 0 for no limit."),
            gauge("max_connection_rate", "MaxConnRate", "Most of them that came in one second so far."),
            gauge("current_session_rate", "SessRate", "Sessions begun in the last second."),
            gauge("limit_session_rate", "SessRateLimit", "Most of them in a second; 0 for no limit."),
            gauge("max_session_rate", "MaxSessRate", "Most of them that began in one second so far."),
            unknown("current_ssl_rate", false, "TLS handshakes in the last second."),
            gauge("limit_ssl_rate", "SslRateLimit", "Most of them in a second; 0 for no limit."),
            unknown("max_ssl_rate", false, "Most of them in one second so far."),
            unknown("current_frontend_ssl_key_rate", false, "New TLS keys for clients in the last second."),
            unknown("max_frontend_ssl_key_rate", false, "Most of them in one second so far."),
            unknown("frontend_ssl_reuse", false, "Percent of clients' TLS sessions that were resumed."),
            unknown("current_backend_ssl_key_rate", false, "New TLS keys for servers in the last second."),
            unknown("max_backend_ssl_key_rate", false, "Most of them in one second so far."),
            unknown("ssl_cache_lookups_total", true, "TLS sessions looked up in the cache so far."),
            unknown("ssl_cache_misses_total", true, "Those of them that were not there."),
            unknown("http_comp_bytes_in_total", true, "Bytes given to compression in the last second."),
            unknown("http_comp_bytes_out_total", true, "Bytes that compression made of them."),
            gauge("limit_http_comp", "CompressBpsRateLim", "Most of them in a second; 0 for no limit."),
            unknown("current_zlib_memory", false, "Bytes that compression holds."),
            unknown("max_zlib_memory", false, "Most bytes that compression may hold."),
            gauge("current_tasks", "Tasks", "Threads of the program."),
            unknown("current_run_queue", false, "Tasks that wait for their turn."),
            unknown("idle_time_percent", false, "Percent of the last second spent waiting for something to do."),
            gauge("stopping", "Stopping", "1 while the program lets its connections end, else 0."),
            gauge("jobs", "Jobs", "Connections and listeners."),
            gauge("unstoppable_jobs", "Unstoppable Jobs", "Those that a stop does not wait for."),
            gauge("listeners", "Listeners", "Addresses listened on."),
            gauge("active_peers", "ActivePeers", "Other machines that share tables; none do."),
            gauge("connected_peers", "ConnectedPeers", "Those that are connected."),
            unknown("dropped_logs_total", true, "Lines of the log that could not be sent."),
            gauge("busy_polling_enabled", "BusyPolling", "1 where loops never sleep, else 0."),
            unknown("failed_resolutions", true, "Names that could not be looked up."),
            counter("bytes_out_total", "TotalBytesOut", "Bytes sent to clients so far."),
            counter("spliced_bytes_out_total", "TotalSplicdedBytesOut", "Those that were spliced."),
            unknown("bytes_out_rate", false, "Bytes sent to clients in the last second."),
            counter("recv_logs_total", "CumRecvLogs", "Lines of other programs' logs taken in so far."),
            gauge("build_info", "Build info", "1, with the release of HAProxy that is followed as a label."),
            gauge("max_memory_bytes", "Memmax_bytes", "Bytes of memory that may be taken; 0 for no limit."),
            gauge("pool_allocated_bytes", "PoolAlloc_bytes", "Bytes of memory that are held."),
            gauge("pool_used_bytes", "PoolUsed_bytes", "Bytes of it that are in use."),
            gauge("start_time_seconds", "Start_time_sec", "When the program was started, in seconds since 1970."));

    private ProcessMetrics() {}

    /// @param fact the name of the fact that is its value; empty where there is none
    private record Row(Metric metric, String fact) {}

    private static Row gauge(String name, String fact, String help) {
        return new Row(new Metric(PREFIX + name, false, help), fact);
    }

    private static Row counter(String name, String fact, String help) {
        return new Row(new Metric(PREFIX + name, true, help), fact);
    }

    private static Row unknown(String name, boolean isCounter, String help) {
        return new Row(new Metric(PREFIX + name, isCounter, help), "");
    }

    static void write(TrafficReport report, StringBuilder out) {
        Map<String, String> facts = ProcessFact.all(report, "HAProxy", ProcessFact.FOLLOWED).stream()
                .collect(Collectors.toMap(ProcessFact::name, ProcessFact::value));
        for (Row row : ROWS) {
            row.metric().head(out);
            String value = facts.getOrDefault(row.fact(), Metric.UNKNOWN);
            if (row.fact().equals("Build info")) {
                row.metric().value(Metric.label("version", value), "1", out);
            } else {
                row.metric().value("", value, out);
            }
        }
    }
}
