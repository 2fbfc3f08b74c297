package dev.fairlead.engine.report;

import dev.fairlead.engine.upstream.server.ServerFacts;
import dev.fairlead.model.roster.Section;
import dev.fairlead.model.status.UpstreamStatus;
import dev.fairlead.model.upstream.Duty;
import dev.fairlead.model.upstream.NameLookup;
import java.util.List;

/// A line for each server, as scripts read them from HAProxy (`show servers state`, `show servers conn`).
public final class ServerLines {
    private static final int FORCED = 1;
    private static final int BY_CONFIGURATION = 4;
    private static final int DRAINED = 8;
    private static final int UNRESOLVED = 32;
    private static final int RENAMED = 64;
    private static final int CHECKED = 6;
    private static final int PAUSED = 8;

    private ServerLines() {}

    public static String states(List<Section> sections, TrafficReport report) {
        StringBuilder out = new StringBuilder("""
            1
            # be_id be_name srv_id srv_name srv_addr srv_op_state srv_admin_state srv_uweight srv_iweight \
            srv_time_since_last_change srv_check_status srv_check_result srv_check_health srv_check_state \
            srv_agent_state bk_f_forced_id srv_f_forced_id srv_fqdn srv_port srvrecord srv_use_ssl srv_check_port \
            srv_check_addr srv_agent_addr srv_agent_port
            """);
        for (Section section : sections) {
            report.servers(section).forEach(server -> state(section, server, report, out));
        }
        return out.toString();
    }

    private static void state(Section section, ServerFacts server, TrafficReport report, StringBuilder out) {
        int port = server.check().map(check -> check.port()).orElse(0);
        List<Object> words = List.of(
                section.number(),
                section.name(),
                server.number(),
                server.name(),
                server.host(),
                running(server),
                wanted(server),
                server.weight(),
                server.share(),
                report.secondsSince(server.changedNanos()),
                server.check()
                        .map(check -> CheckWords.number(CheckWords.code(server)))
                        .orElse(1),
                result(server),
                health(server),
                checking(server),
                0,
                0,
                0,
                server.askedHost().isEmpty() ? "-" : server.askedHost(),
                server.port(),
                server.traits()
                        .lookup()
                        .filter(NameLookup::isService)
                        .map(NameLookup::host)
                        .orElse("-"),
                server.traits().tls().isPresent() ? 1 : 0,
                port,
                "-",
                "-",
                0);
        StringBuilder line = new StringBuilder();
        words.forEach(word -> line.append(line.isEmpty() ? "" : " ").append(word));
        out.append(line).append('\n');
    }

    /// 0 for none, 2 for running, 3 for drained.
    private static int running(ServerFacts server) {
        if (!server.isUp()) {
            return 0;
        }
        return server.isLeaving() ? 3 : 2;
    }

    private static int wanted(ServerFacts server) {
        boolean isRenamed = !server.askedHost().isEmpty()
                && server.traits()
                        .lookup()
                        .filter(lookup -> !lookup.host().equals(server.askedHost()))
                        .isPresent();
        int named = (server.isPlaced() ? 0 : UNRESOLVED) + (isRenamed ? RENAMED : 0);
        return named
                + switch (server.duty()) {
                    case MAINTENANCE -> FORCED + (server.isOffByConfiguration() ? BY_CONFIGURATION : 0);
                    case DRAIN -> DRAINED + (server.isOffByConfiguration() ? BY_CONFIGURATION : 0);
                    case READY -> server.isOffByConfiguration() ? BY_CONFIGURATION : 0;
                };
    }

    /// 0 while there is none, 2 if it failed, 3 if it went well.
    private static int result(ServerFacts server) {
        return server.result()
                .map(UpstreamStatus.Check::isWell)
                .map(well -> well ? 3 : 2)
                .orElse(0);
    }

    private static int health(ServerFacts server) {
        if (server.check().isPresent()) {
            return CheckWords.health(server);
        }
        return server.isUp() ? 2 : 0;
    }

    private static int checking(ServerFacts server) {
        boolean isPaused = server.duty() == Duty.MAINTENANCE || !server.isPlaced();
        int configured = server.check().isPresent() ? (server.isUnwatched() ? 2 : CHECKED) : 0;
        return configured + (isPaused && (configured != 0 || server.isPlaced()) ? PAUSED : 0);
    }

    /// @param loops how many columns for single event loops there are
    public static String connections(List<Section> sections, TrafficReport report, int loops) {
        StringBuilder out =
                new StringBuilder("# bkname/svname bkid/svid addr port - purge_delay used_cur used_max need_est"
                        + " unsafe_nb safe_nb idle_lim idle_cur idle_per_thr[" + loops + "]\n");
        for (Section section : sections) {
            for (ServerFacts server : report.servers(section)) {
                String idle = server.idle() + " 0 -1 " + server.idle() + " " + server.idle();
                out.append(section.name() + "/" + server.name() + " " + section.number() + "/" + server.number() + " "
                        + server.host() + " " + server.port() + " - 5000 " + server.active() + " "
                        + server.tally().most() + " " + server.tally().most() + " " + idle + "\n");
            }
        }
        return out.toString();
    }
}
