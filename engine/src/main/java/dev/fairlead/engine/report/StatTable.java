package dev.fairlead.engine.report;

import static dev.fairlead.engine.report.StatColumn.*;

import dev.fairlead.engine.tally.Count;
import dev.fairlead.engine.tally.Tally;
import dev.fairlead.engine.upstream.server.ServerFacts;
import dev.fairlead.model.roster.Section;
import dev.fairlead.model.upstream.Duty;
import dev.fairlead.model.upstream.HealthCheck;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// Makes the rows of a section.
final class StatTable {
    private final Present present;

    StatTable(Present present) {
        this.present = present;
    }

    List<StatRow> rows(Section section) {
        List<StatRow> rows = new ArrayList<>();
        section.front().ifPresent(front -> rows.add(front(section, front)));
        section.back().ifPresent(back -> {
            List<ServerFacts> servers = present.servers(section.name());
            servers.forEach(server -> rows.add(server(section, server)));
            rows.add(back(section, back, servers));
        });
        return rows;
    }

    private StatRow front(Section section, Section.Front front) {
        Tally tally = present.front(section.name());
        StatRow row = new StatRow(StatRow.Kind.FRONTEND, section.number(), 0);
        common(row, section, tally).put(SVNAME, "FRONTEND").put(SID, 0).put(TYPE, 0);
        row.put(SLIM, present.limit(front, tally));
        row.put(EREQ, tally.of(Count.BAD_REQUESTS)).put(DCON, 0).put(DSES, 0);
        row.put(STATUS, present.isOpen(section) ? "OPEN" : "PAUSED");
        row.put(RATE_LIM, 0);
        row.put(CONN_RATE, tally.rate()).put(CONN_RATE_MAX, tally.mostRate());
        row.put(CONN_TOT, tally.of(Count.SESSIONS));
        row.put(REQ_RATE, tally.requestRate()).put(REQ_RATE_MAX, tally.mostRequestRate());
        row.put(REQ_TOT, tally.of(Count.REQUESTS));
        if (section.isHttp()) {
            row.put(INTERCEPTED, tally.of(Count.INTERCEPTED))
                    .put(CACHE_LOOKUPS, 0)
                    .put(CACHE_HITS, 0);
        }
        compression(row, tally);
        modules(row);
        connections(row, tally);
        return row;
    }

    private static void connections(StatRow row, Tally tally) {
        if (row.text(MODE).equals("http")) {
            row.put(H1_OPEN_CONNECTIONS, tally.present()).put(H1_TOTAL_CONNECTIONS, tally.of(Count.SESSIONS));
            row.put(H1_TOTAL_STREAMS, tally.of(Count.REQUESTS));
            row.put(H1_BYTES_IN, tally.of(Count.BYTES_IN)).put(H1_BYTES_OUT, tally.of(Count.BYTES_OUT));
        }
    }

    private StatRow back(Section section, Section.Back back, List<ServerFacts> servers) {
        Tally tally = present.back(section.name());
        StatRow row = new StatRow(StatRow.Kind.BACKEND, section.number(), 0);
        common(row, section, tally).put(SVNAME, "BACKEND").put(SID, 0).put(TYPE, 1);
        attempts(row, tally);
        int queued = present.queued(section.name());
        row.put(QCUR, queued).put(QMAX, tally.mostQueued(queued)).put(SLIM, back.mostConnections());
        row.put(COOKIE, back.cookie()).put(ALGO, back.balance());
        long active = count(servers, false);
        long backup = count(servers, true);
        boolean isUp = active + backup > 0 || servers.isEmpty();
        row.put(STATUS, isUp ? "UP" : "DOWN").put(ACT, active).put(BCK, backup);
        boolean onBackup = active == 0;
        int weight = servers.stream()
                .filter(server -> server.isUp() && server.isBackup() == onBackup)
                .mapToInt(ServerFacts::weight)
                .sum();
        row.put(WEIGHT, weight).put(UWEIGHT, weight);
        int downs = servers.stream().mapToInt(ServerFacts::downs).min().orElse(0);
        row.put(CHKDOWN, isUp ? 0 : downs).put(LASTCHG, lastChange(servers));
        if (!servers.isEmpty()) {
            row.put(DOWNTIME, isUp ? 0 : lastChange(servers));
        }
        compression(row, tally);
        if (section.isHttp()) {
            row.put(REQ_TOT, tally.of(Count.REQUESTS)).put(CACHE_LOOKUPS, 0).put(CACHE_HITS, 0);
        }
        row.put(AGG_SERVER_STATUS, 0).put(AGG_SERVER_CHECK_STATUS, 0).put(AGG_CHECK_STATUS, 0);
        modules(row);
        return row;
    }

    private static long count(List<ServerFacts> servers, boolean backup) {
        return servers.stream()
                .filter(server -> server.isBackup() == backup && isUsable(server))
                .count();
    }

    /// Whether new clients may be given to it.
    private static boolean isUsable(ServerFacts server) {
        return server.isUp() && server.duty() == Duty.READY && !server.isLeaving() && server.weight() > 0;
    }

    private long lastChange(List<ServerFacts> servers) {
        return servers.stream()
                .mapToLong(server -> present.secondsSince(server.changedNanos()))
                .min()
                .orElseGet(present::uptimeSeconds);
    }

    private StatRow server(Section section, ServerFacts server) {
        Tally tally = server.tally();
        StatRow row = new StatRow(StatRow.Kind.SERVER, section.number(), server.number());
        common(row, section, tally).put(SVNAME, server.name()).put(SID, server.number());
        row.put(TYPE, 2).put(SCUR, server.active());
        attempts(row, tally);
        row.put(QCUR, server.queued()).put(QMAX, tally.mostQueued(server.queued()));
        if (server.most() > 0) {
            row.put(SLIM, server.most());
        }
        if (server.traits().queueLength() > 0) {
            row.put(QLIMIT, server.traits().queueLength());
        }
        if (section.isHttp()) {
            row.put(REQ_TOT, tally.of(Count.REQUESTS));
        }
        row.put(ADDR, server.addressText()).put(COOKIE, server.traits().cookie());
        row.put(WEIGHT, server.weight()).put(UWEIGHT, server.weight());
        row.put(ACT, server.isBackup() ? 0 : 1).put(BCK, server.isBackup() ? 1 : 0);
        row.put(LASTCHG, present.secondsSince(server.changedNanos()));
        server.traits().tracks().ifPresent(other -> row.put(TRACKED, other.upstream() + "/" + other.server()));
        if (server.slowPercent() < 100) {
            row.put(THROTTLE, server.slowPercent());
        }
        row.put(STATUS, status(server));
        server.check().ifPresent(check -> checks(row, server, check));
        server.agent().ifPresent(agent -> {
            row.put(AGENT_STATUS, agent.isDown() ? "L7STS" : "L7OK").put(AGENT_DURATION, agent.millis());
            row.put(AGENT_DESC, CheckWords.sentence(agent.isDown() ? "L7STS" : "L7OK"));
            row.put(AGENT_RISE, 1).put(AGENT_FALL, 1).put(AGENT_HEALTH, agent.isDown() ? 0 : 1);
        });
        idle(row, server);
        row.put(SSL_SESS, 0).put(SSL_REUSED_SESS, 0).put(SSL_FAILED_HANDSHAKE, 0);
        return row;
    }

    private static void idle(StatRow row, ServerFacts server) {
        row.put(SRV_ICUR, server.idle()).put(IDLE_CONN_CUR, server.idle()).put(SAFE_CONN_CUR, 0);
        row.put(USED_CONN_CUR, server.active())
                .put(NEED_CONN_EST, server.tally().most());
    }

    private static void checks(StatRow row, ServerFacts server, HealthCheck check) {
        row.put(CHKFAIL, server.failedChecks()).put(CHKDOWN, server.downs());
        row.put(DOWNTIME, TimeUnit.NANOSECONDS.toSeconds(server.downNanos()));
        boolean isSilent = server.duty() == Duty.MAINTENANCE || server.isUnwatched() || !server.isPlaced();
        if (isSilent) {
            return;
        }
        String code = CheckWords.code(server);
        row.put(CHECK_STATUS, code).put(CHECK_DESC, CheckWords.sentence(code));
        row.put(CHECK_RISE, check.rise()).put(CHECK_FALL, check.fall());
        row.put(CHECK_HEALTH, CheckWords.health(server)).put(LAST_CHK, CheckWords.detail(server));
        server.result().ifPresent(result -> {
            row.put(CHECK_DURATION, result.millis());
            CheckWords.status(result.reason()).ifPresent(status -> row.put(CHECK_CODE, status));
            if (check.probe() instanceof HealthCheck.Probe.Connect && result.isWell()) {
                row.put(LAST_CHK, "");
            }
        });
    }

    /// `UP`, `DOWN 1/2`, `MAINT`, `DRAIN`, `no check`.
    static String status(ServerFacts server) {
        if (!server.isPlaced()) {
            return "MAINT (resolution)";
        }
        if (server.duty() == Duty.MAINTENANCE) {
            return "MAINT";
        }
        if (server.duty() == Duty.DRAIN || (server.weight() == 0 && !server.isFailing())) {
            return server.isFailing() ? "DOWN" : "DRAIN";
        }
        Optional<HealthCheck> check = server.check();
        if (check.isEmpty() || server.isUnwatched()) {
            boolean isTracked = server.traits().tracks().isPresent();
            return isTracked || server.isFailing() ? (server.isFailing() ? "DOWN" : "UP") : "no check";
        }
        int health = CheckWords.health(server);
        int rise = check.get().rise();
        int fall = check.get().fall();
        if (server.isFailing()) {
            return health == 0 ? "DOWN" : "DOWN " + health + "/" + rise;
        }
        String word = server.isLeaving() ? "NOLB" : "UP";
        return health >= rise + fall - 1 ? word : word + " " + (health - rise + 1) + "/" + fall;
    }

    private static StatRow common(StatRow row, Section section, Tally tally) {
        row.put(PXNAME, section.name()).put(MODE, section.isHttp() ? "http" : "tcp");
        row.put(PID, 1).put(IID, section.number());
        row.put(SCUR, tally.present()).put(SMAX, tally.most()).put(STOT, tally.of(Count.SESSIONS));
        row.put(BIN, tally.of(Count.BYTES_IN)).put(BOUT, tally.of(Count.BYTES_OUT));
        boolean isServer = row.kind() == StatRow.Kind.SERVER;
        if (!isServer) {
            row.put(DREQ, tally.of(Count.DENIED_REQUESTS));
        }
        row.put(DRESP, tally.of(Count.DENIED_ANSWERS));
        row.put(RATE, tally.rate()).put(RATE_MAX, tally.mostRate());
        row.put(EINT, 0).put(WREW, 0);
        if (section.isHttp()) {
            row.put(HRSP_1XX, tally.of(Count.STATUS_1XX)).put(HRSP_2XX, tally.of(Count.STATUS_2XX));
            row.put(HRSP_3XX, tally.of(Count.STATUS_3XX)).put(HRSP_4XX, tally.of(Count.STATUS_4XX));
            row.put(HRSP_5XX, tally.of(Count.STATUS_5XX)).put(HRSP_OTHER, tally.of(Count.STATUS_OTHER));
        }
        return row;
    }

    private void attempts(StatRow row, Tally tally) {
        row.put(ECON, tally.of(Count.CONNECT_ERRORS)).put(ERESP, tally.of(Count.ANSWER_ERRORS));
        row.put(WRETR, tally.of(Count.RETRIES)).put(WREDIS, tally.of(Count.REDISPATCHES));
        row.put(CLI_ABRT, tally.of(Count.CLIENT_ABORTS)).put(SRV_ABRT, tally.of(Count.SERVER_ABORTS));
        row.put(LBTOT, tally.of(Count.CHOSEN)).put(LASTSESS, present.lastSession(tally));
        row.put(QTIME, tally.queueTime().millis())
                .put(QTIME_MAX, tally.queueTime().longestMillis());
        row.put(CTIME, tally.connectTime().millis())
                .put(CTIME_MAX, tally.connectTime().longestMillis());
        row.put(RTIME, tally.answerTime().millis())
                .put(RTIME_MAX, tally.answerTime().longestMillis());
        row.put(TTIME, tally.wholeTime().millis())
                .put(TTIME_MAX, tally.wholeTime().longestMillis());
        row.put(CONNECT, tally.of(Count.CONNECTS)).put(REUSE, tally.of(Count.REUSES));
    }

    private static void compression(StatRow row, Tally tally) {
        row.put(COMP_IN, tally.of(Count.UNCOMPRESSED_BYTES)).put(COMP_OUT, tally.of(Count.COMPRESSED_BYTES));
        row.put(COMP_BYP, 0).put(COMP_RSP, tally.of(Count.COMPRESSED_ANSWERS));
    }

    private static void modules(StatRow row) {
        for (StatColumn column : StatColumn.values()) {
            if (column.compareTo(SSL_SESS) >= 0) {
                row.put(column, 0);
            }
        }
    }
}
