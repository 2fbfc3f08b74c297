package dev.fairlead.dialect.haproxy.table;

import static dev.fairlead.dialect.Arity.ANY;
import static dev.fairlead.dialect.Arity.atLeast;
import static dev.fairlead.dialect.haproxy.table.Context.ANY_PROXY;
import static dev.fairlead.dialect.haproxy.table.Context.BACK;
import static dev.fairlead.dialect.haproxy.table.Context.FRONT;

import dev.fairlead.dialect.Arity;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The actions of `http-request`, `http-response`, `http-after-response`, `tcp-request` and `tcp-response`.
final class RuleRows {
    private static final String PROGRAMS = "programs do not run inside of it";
    private static final String NOT_KEPT = "responses are not kept";

    private static final List<String> COUNTING =
            List.of("sc-add-gpc", "sc-inc-gpc", "sc-inc-gpc0", "sc-inc-gpc1", "sc-set-gpt", "sc-set-gpt0");

    private RuleRows() {}

    static Rows rows() {
        Rows rows = new Rows();
        requestRows(rows);
        responseRows(rows);
        tcpRows(rows);
        return rows;
    }

    private static void requestRows(Rows rows) {
        Map<String, Arity> followed = new TreeMap<>(Map.of(
                "allow", ANY,
                "deny", ANY,
                "reject", ANY,
                "auth", ANY,
                "redirect", atLeast(2),
                "return", ANY,
                "silent-drop", ANY,
                "strict-mode", atLeast(1)));
        for (String changing : new String[] {
            "add-header",
            "set-header",
            "replace-header",
            "replace-value",
            "replace-path",
            "replace-pathq",
            "replace-uri"
        }) {
            followed.put(changing, atLeast(2));
        }
        for (String single :
                new String[] {"del-header", "set-method", "set-path", "set-pathq", "set-query", "set-uri"}) {
            followed.put(single, atLeast(1));
        }
        followed.put("set-var", atLeast(1));
        followed.put("set-var-fmt", atLeast(1));
        followed.put("unset-var", ANY);
        followed.put("tarpit", ANY);
        followed.put("capture", atLeast(3));
        followed.put("set-log-level", atLeast(1));
        followed.put("set-src", atLeast(1));
        followed.put("set-src-port", atLeast(1));
        followed.put("set-dst", atLeast(1));
        followed.put("set-dst-port", atLeast(1));
        followed.put("early-hint", atLeast(2));
        followed.put("normalize-uri", atLeast(1));
        followed.put("wait-for-body", atLeast(2));
        followed.put("set-timeout", atLeast(2));
        followed.forEach((action, arity) -> rows.each("http-request " + action, ANY_PROXY, arity, ""));
        rows.quiet(
                ANY_PROXY,
                "priorities and marks of packets are the kernel's",
                "http-request set-mark",
                "http-request set-fc-mark",
                "http-request set-bc-mark",
                "http-request set-nice",
                "http-request set-tos",
                "http-request set-fc-tos",
                "http-request set-bc-tos",
                "http-request set-priority-class",
                "http-request set-priority-offset",
                "http-request set-retries",
                "http-request wait-for-handshake",
                "http-request disable-l7-retry",
                "http-request do-log",
                "http-request pause");
        for (String tracking : new String[] {"track-sc0", "track-sc1", "track-sc2"}) {
            rows.each("http-request " + tracking, ANY_PROXY, atLeast(1), "");
        }
        for (String counting : COUNTING) {
            rows.each("http-request " + counting, ANY_PROXY, ANY, "");
        }
        rows.each("http-request use-service", ANY_PROXY, ANY, "`prometheus-exporter`: metrics of all there is.");
        rows.warned(ANY_PROXY, "not done yet", "http-request set-bandwidth-limit");
        lists("http-request ", rows);
        rows.each("http-request do-resolve", ANY_PROXY, atLeast(1), "Looks a host up and keeps its address.")
                .refused(ANY_PROXY, PROGRAMS, "http-request lua", "http-request ot-group")
                .refused(ANY_PROXY, PROGRAMS, "http-request send-spoe-group")
                .warned(ANY_PROXY, NOT_KEPT, "http-request cache-use");
    }

    private static void lists(String where, Rows rows) {
        rows.each(where + "add-acl", ANY_PROXY, atLeast(1), "")
                .each(where + "del-acl", ANY_PROXY, atLeast(1), "")
                .each(where + "set-map", ANY_PROXY, atLeast(2), "")
                .each(where + "del-map", ANY_PROXY, atLeast(1), "");
    }

    private static void responseRows(Rows rows) {
        for (String where : new String[] {"http-response ", "http-after-response "}) {
            rows.each(where + "add-header", ANY_PROXY, atLeast(2), "")
                    .each(where + "set-header", ANY_PROXY, atLeast(2), "")
                    .each(where + "replace-header", ANY_PROXY, atLeast(3), "")
                    .each(where + "replace-value", ANY_PROXY, atLeast(3), "")
                    .each(where + "del-header", ANY_PROXY, atLeast(1), "")
                    .each(where + "set-status", ANY_PROXY, atLeast(1), "")
                    .each(where + "set-var", ANY_PROXY, atLeast(1), "")
                    .each(where + "set-var-fmt", ANY_PROXY, atLeast(1), "")
                    .each(where + "unset-var", ANY_PROXY, ANY, "")
                    .each(where + "allow", ANY_PROXY, ANY, "")
                    .each(where + "strict-mode", ANY_PROXY, atLeast(1), "")
                    .each(where + "capture", ANY_PROXY, atLeast(3), "")
                    .warned(ANY_PROXY, "not done yet", where + "set-timeout")
                    .warned(ANY_PROXY, "not done yet", where + "set-bandwidth-limit", where + "wait-for-body")
                    .each(where + "track-sc0", ANY_PROXY, atLeast(1), "")
                    .each(where + "track-sc1", ANY_PROXY, atLeast(1), "")
                    .each(where + "track-sc2", ANY_PROXY, atLeast(1), "")
                    .quiet(ANY_PROXY, "priorities are the kernel's", where + "set-mark", where + "set-fc-mark")
                    .quiet(ANY_PROXY, "priorities are the kernel's", where + "set-tos", where + "set-fc-tos")
                    .quiet(ANY_PROXY, "priorities are the kernel's", where + "set-nice")
                    .each(where + "set-log-level", ANY_PROXY, atLeast(1), "")
                    .quiet(ANY_PROXY, "logged at the request's end", where + "do-log")
                    .refused(ANY_PROXY, PROGRAMS, where + "lua", where + "ot-group", where + "send-spoe-group")
                    .warned(ANY_PROXY, NOT_KEPT, where + "cache-store");
            lists(where, rows);
        }
        for (String counting : COUNTING) {
            rows.each("http-response " + counting, ANY_PROXY, ANY, "")
                    .each("http-after-response " + counting, ANY_PROXY, ANY, "");
        }
        rows.each("http-response deny", ANY_PROXY, ANY, "")
                .each("http-response return", ANY_PROXY, ANY, "")
                .each("http-response redirect", ANY_PROXY, atLeast(2), "")
                .each("http-response silent-drop", ANY_PROXY, ANY, "");
    }

    private static void tcpRows(Rows rows) {
        rows.each("tcp-request connection", FRONT, atLeast(1), "A rule for connections as they come in.")
                .each("tcp-request session", FRONT, atLeast(1), "A rule for connections once TLS stands.")
                .each("tcp-request content", ANY_PROXY, atLeast(1), "A rule for what a client says first.")
                .last(
                        "tcp-request inspect-delay",
                        ANY_PROXY,
                        atLeast(1),
                        "How long to wait for what a client says (mode tcp).")
                .each("tcp-response content", BACK, atLeast(1), "`accept`; rules that keep answers back are refused.")
                .quiet(BACK, "what a server says first is looked at as it comes", "tcp-response inspect-delay")
                .warned(FRONT, "not done yet", "quic-initial");
    }
}
