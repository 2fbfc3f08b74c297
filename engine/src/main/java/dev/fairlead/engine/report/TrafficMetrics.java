package dev.fairlead.engine.report;

import static dev.fairlead.engine.report.StatColumn.*;
import static dev.fairlead.engine.report.StatRow.Kind.BACKEND;
import static dev.fairlead.engine.report.StatRow.Kind.FRONTEND;
import static dev.fairlead.engine.report.StatRow.Kind.SERVER;

import dev.fairlead.engine.report.TrafficMetricRow.Shape;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// Which columns of the table are metrics, of which kinds of rows, and under which names: those of HAProxy 2.6,
/// in its order.
final class TrafficMetrics {
    private static final Set<StatRow.Kind> ALL = EnumSet.of(FRONTEND, BACKEND, SERVER);
    private static final Set<StatRow.Kind> FRONT = EnumSet.of(FRONTEND);
    private static final Set<StatRow.Kind> BACK = EnumSet.of(BACKEND);
    private static final Set<StatRow.Kind> PROXIES = EnumSet.of(FRONTEND, BACKEND);
    private static final Set<StatRow.Kind> BEHIND = EnumSet.of(BACKEND, SERVER);
    private static final Set<StatRow.Kind> SERVERS = EnumSet.of(SERVER);

    static final List<TrafficMetricRow> ROWS = List.of(
            gauge(QCUR, "current_queue", BEHIND, "Requests that wait for a server."),
            gauge(QMAX, "max_queue", BEHIND, "Most requests that waited at once so far."),
            gauge(SCUR, "current_sessions", ALL, "Sessions under way."),
            gauge(SMAX, "max_sessions", ALL, "Most sessions under way at once so far."),
            gauge(SLIM, "limit_sessions", ALL, "Most sessions that may be under way at once."),
            counter(STOT, "sessions_total", ALL, "Sessions so far."),
            counter(BIN, "bytes_in_total", ALL, "Bytes of requests so far."),
            counter(BOUT, "bytes_out_total", ALL, "Bytes of answers so far."),
            counter(DREQ, "requests_denied_total", PROXIES, "Requests that rules refused so far."),
            counter(DRESP, "responses_denied_total", ALL, "Answers that rules refused so far."),
            counter(EREQ, "request_errors_total", FRONT, "Requests that were not sound so far."),
            counter(ECON, "connection_errors_total", BEHIND, "Tries to connect to a server that failed."),
            counter(ERESP, "response_errors_total", BEHIND, "Answers of servers that were not sound or cut."),
            counter(WRETR, "retry_warnings_total", BEHIND, "Tries that were made again with the same server."),
            counter(WREDIS, "redispatch_warnings_total", BEHIND, "Tries that were made again with another server."),
            shaped(STATUS, "status", Shape.STATE, ALL, "1 for the state it is in, 0 for the others."),
            gauge(WEIGHT, "weight", BEHIND, "Share of the load it is to get."),
            gauge(ACT, "active_servers", BACK, "Servers at work that are no backups."),
            gauge(BCK, "backup_servers", BACK, "Backup servers at work."),
            counter(CHKFAIL, "check_failures_total", SERVERS, "Checks that failed while it was up."),
            counter(CHKDOWN, "check_up_down_total", BEHIND, "Changes from up to down."),
            gauge(LASTCHG, "check_last_change_seconds", BEHIND, "Seconds since it went up or down."),
            counter(DOWNTIME, "downtime_seconds_total", BEHIND, "Seconds it has been down in all."),
            gauge(QLIMIT, "queue_limit", SERVERS, "Most requests that may wait for this server."),
            gauge(THROTTLE, "current_throttle", SERVERS, "Percent of its share while it starts slowly."),
            counter(LBTOT, "loadbalanced_total", BEHIND, "How often it was chosen."),
            gauge(RATE_LIM, "limit_session_rate", FRONT, "Most sessions in a second; 0 for no limit."),
            gauge(RATE_MAX, "max_session_rate", ALL, "Most sessions that began in one second so far."),
            shaped(CHECK_STATUS, "check_status", Shape.CHECK, SERVERS, "1 for what the last check came to, else 0."),
            shaped(CHECK_CODE, "check_code", Shape.CHECK_CODE, SERVERS, "Status of the last check's answer."),
            shaped(
                    CHECK_DURATION,
                    "check_duration_seconds",
                    Shape.IF_CHECKED,
                    SERVERS,
                    "Seconds that the last check took."),
            new TrafficMetricRow(
                    HRSP_1XX,
                    "http_responses_total",
                    true,
                    Shape.STATUS_CLASSES,
                    true,
                    ALL,
                    "Answers by the class of their status so far."),
            http(REQ_RATE_MAX, "http_requests_rate_max", false, FRONT, "Most requests in one second so far."),
            http(REQ_TOT, "http_requests_total", true, PROXIES, "Requests so far."),
            counter(CLI_ABRT, "client_aborts_total", BEHIND, "Exchanges that the client broke off."),
            counter(SRV_ABRT, "server_aborts_total", BEHIND, "Exchanges that the server broke off."),
            http(COMP_IN, "http_comp_bytes_in_total", true, PROXIES, "Bytes given to compression so far."),
            http(COMP_OUT, "http_comp_bytes_out_total", true, PROXIES, "Bytes that it made of them."),
            unknown(COMP_BYP, "http_comp_bytes_bypassed_total", true, PROXIES, "Bytes that were not worth it."),
            http(COMP_RSP, "http_comp_responses_total", true, PROXIES, "Answers that were compressed so far."),
            gauge(LASTSESS, "last_session_seconds", BEHIND, "Seconds since it was given a session; -1 if never."),
            millis(QTIME, "queue_time_average_seconds", "Mean time of the last 1024 in the queue."),
            millis(CTIME, "connect_time_average_seconds", "Mean time of the last 1024 for connecting."),
            millis(RTIME, "response_time_average_seconds", "Mean time of the last 1024 until the answer came."),
            millis(TTIME, "total_time_average_seconds", "Mean time of the last 1024 from begin to end."),
            gauge(CONN_RATE_MAX, "connections_rate_max", FRONT, "Most connections in one second so far."),
            counter(CONN_TOT, "connections_total", FRONT, "Connections so far."),
            http(INTERCEPTED, "intercepted_requests_total", true, FRONT, "Requests that were answered here."),
            unknown(DCON, "denied_connections_total", false, FRONT, "Connections that rules refused."),
            unknown(DSES, "denied_sessions_total", false, FRONT, "Sessions that rules refused."),
            unknown(WREW, "failed_header_rewriting_total", false, ALL, "Fields that could not be changed."),
            counter(CONNECT, "connection_attempts_total", BEHIND, "Connections made to servers so far."),
            counter(REUSE, "connection_reuses_total", BEHIND, "Requests that found a connection to a server."),
            http(CACHE_LOOKUPS, "http_cache_lookups_total", true, PROXIES, "Answers looked up; none are kept."),
            http(CACHE_HITS, "http_cache_hits_total", true, PROXIES, "Answers that had been kept."),
            gauge(SRV_ICUR, "idle_connections_current", SERVERS, "Connections that wait for a request."),
            gauge(SRC_ILIM, "idle_connections_limit", SERVERS, "Most of them."),
            millis(QTIME_MAX, "max_queue_time_seconds", "Longest time in the queue so far."),
            millis(CTIME_MAX, "max_connect_time_seconds", "Longest time for connecting so far."),
            millis(RTIME_MAX, "max_response_time_seconds", "Longest time until an answer came so far."),
            millis(TTIME_MAX, "max_total_time_seconds", "Longest time from begin to end so far."),
            unknown(EINT, "internal_errors_total", false, ALL, "Errors of the program's own making."),
            gauge(IDLE_CONN_CUR, "unsafe_idle_connections_current", SERVERS, "Idle connections, used with care."),
            gauge(SAFE_CONN_CUR, "safe_idle_connections_current", SERVERS, "Idle connections, used without."),
            gauge(USED_CONN_CUR, "used_connections_current", SERVERS, "Connections with a request on them."),
            gauge(NEED_CONN_EST, "need_connections_current", SERVERS, "Connections that seem to be needed."),
            gauge(UWEIGHT, "uweight", BEHIND, "Share of the load as the configuration or an operator has it."),
            shaped(AGG_SERVER_STATUS, "agg_server_status", Shape.SERVER_STATES, BACK, "Servers in each state."),
            shaped(
                    AGG_SERVER_CHECK_STATUS,
                    "agg_server_check_status",
                    Shape.SERVER_STATES,
                    BACK,
                    "The same by its old name."),
            shaped(AGG_CHECK_STATUS, "agg_check_status", Shape.SERVER_CHECKS, BACK, "Servers by their last check."));

    private TrafficMetrics() {}

    private static TrafficMetricRow gauge(StatColumn column, String name, Set<StatRow.Kind> kinds, String help) {
        return new TrafficMetricRow(column, name, false, Shape.NUMBER, false, kinds, help);
    }

    private static TrafficMetricRow counter(StatColumn column, String name, Set<StatRow.Kind> kinds, String help) {
        return new TrafficMetricRow(column, name, true, Shape.NUMBER, false, kinds, help);
    }

    /// Not of connections that are passed on as they are.
    private static TrafficMetricRow http(
            StatColumn column, String name, boolean isCounter, Set<StatRow.Kind> kinds, String help) {
        return new TrafficMetricRow(column, name, isCounter, Shape.NUMBER, true, kinds, help);
    }

    private static TrafficMetricRow shaped(
            StatColumn column, String name, Shape shape, Set<StatRow.Kind> kinds, String help) {
        return new TrafficMetricRow(column, name, false, shape, false, kinds, help);
    }

    private static TrafficMetricRow millis(StatColumn column, String name, String help) {
        return new TrafficMetricRow(column, name, false, Shape.MILLIS, false, BEHIND, help);
    }

    /// Nobody counts it here.
    private static TrafficMetricRow unknown(
            StatColumn column, String name, boolean isHttp, Set<StatRow.Kind> kinds, String help) {
        return new TrafficMetricRow(column, name, true, Shape.UNKNOWN, isHttp, kinds, help);
    }
}
