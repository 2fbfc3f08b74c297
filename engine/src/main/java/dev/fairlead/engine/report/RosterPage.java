package dev.fairlead.engine.report;

import dev.fairlead.model.roster.Section;
import dev.fairlead.model.roster.StatusPage;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// The page itself. Needs no script and nothing from elsewhere.
final class RosterPage {
    private static final String STYLE = """
            :root{color-scheme:light dark}body{font:14px/1.4 system-ui,sans-serif;margin:1.5rem;max-width:90rem}
            h1{font-size:1.2rem;margin:0}h2{font-size:1rem;margin:1.6rem 0 .3rem}p{margin:.3rem 0;color:#777}
            table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}
            th,td{padding:.25rem .6rem;text-align:right;border-bottom:1px solid #8884;white-space:nowrap}
            th{font-weight:500;color:#777}th:first-child,td:first-child,.t{text-align:left}
            tr.f td:first-child,tr.b td:first-child{font-weight:600}
            .s{border-left:.4rem solid #999;padding-left:.5rem}.up .s{border-left-color:#2a9d5c}.down .s{border-left-color:#d64545}
            .maint .s{border-left-color:#b08900}.drain .s{border-left-color:#3f7fd0}.going .s{border-left-color:#e0872d}
            .said{padding:.4rem .8rem;border:1px solid #8886;border-radius:.4rem;display:inline-block}
            .do{margin:.4rem 0}a{color:inherit}
            """;
    private static final Map<String, String> SAID = Map.of(
            "DONE", "Done.",
            "NONE", "Nothing was asked for: choose servers and an action.",
            "PART", "Done in part: some of the servers are not known.",
            "ERRP", "Not done: there is no such backend, server or action.",
            "DENY", "Not done: this page may not change anything.");
    private static final Map<String, String> ACTIONS = new java.util.LinkedHashMap<>();

    static {
        ACTIONS.put("ready", "put to work");
        ACTIONS.put("drain", "drain");
        ACTIONS.put("maint", "take out");
        ACTIONS.put("dhlth", "stop checks");
        ACTIONS.put("ehlth", "start checks");
        ACTIONS.put("hrunn", "count as up");
        ACTIONS.put("hdown", "count as down");
    }

    private final StatusPage page;
    private final TrafficReport report;
    private final RosterHandler.PageOptions options;

    RosterPage(StatusPage page, TrafficReport report, RosterHandler.PageOptions options) {
        this.page = page;
        this.report = report;
        this.options = options;
    }

    String html(List<StatRow> rows) {
        StringBuilder out = new StringBuilder("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
                + "<title>Traffic</title><link rel=\"icon\" href=\"data:,\"><style>");
        out.append(STYLE).append("</style></head><body>\n<h1>").append(title()).append("</h1>\n");
        page.description()
                .ifPresent(text -> out.append("<p>").append(escaped(text)).append("</p>\n"));
        long up = report.uptimeSeconds();
        out.append(String.format(
                Locale.ROOT,
                "<p>up %dd %dh %02dm %02ds · as <a href=\"%s;csv\">CSV</a>, <a href=\"%s;json\">JSON</a> ·"
                        + " <a href=\"%s;up\">without servers that are down</a> · <a href=\"%s\">all</a></p>%n",
                up / 86_400,
                up % 86_400 / 3_600,
                up % 3_600 / 60,
                up % 60,
                escaped(page.prefix()),
                escaped(page.prefix()),
                escaped(page.prefix()),
                escaped(page.prefix())));
        String said = SAID.get(options.outcome());
        if (said != null) {
            out.append("<p class=\"said\">").append(said).append("</p>\n");
        }
        for (Section section : report.roster().sections()) {
            List<StatRow> own = rows.stream()
                    .filter(row -> row.section() == section.number())
                    .toList();
            if (!own.isEmpty()) {
                section(section, own, out);
            }
        }
        return out.append("</body></html>\n").toString();
    }

    private String title() {
        String name = page.showsVersion() ? "Traffic · Fairlead" : "Traffic";
        return page.node().map(node -> name + " on " + escaped(node)).orElse(name);
    }

    private void section(Section section, List<StatRow> rows, StringBuilder out) {
        boolean steers = page.isSteering() && rows.stream().anyMatch(row -> row.kind() == StatRow.Kind.SERVER);
        out.append("<h2 id=\"").append(escaped(section.name())).append("\">");
        out.append(escaped(section.name())).append("</h2>\n");
        if (!section.description().isEmpty()) {
            out.append("<p>").append(escaped(section.description())).append("</p>\n");
        }
        if (steers) {
            out.append("<form method=\"post\" action=\"")
                    .append(escaped(page.prefix()))
                    .append("\">");
            out.append("<input type=\"hidden\" name=\"b\" value=\"#")
                    .append(section.number())
                    .append("\">\n");
        }
        out.append(
                "<table><thead><tr><th>name</th><th class=\"t\">state</th><th>weight</th><th>waiting</th><th>now</th>"
                        + "<th>most</th><th>limit</th><th>all</th><th>/s</th><th>in</th><th>out</th><th>denied</th>"
                        + "<th>errors</th><th>retries</th><th>2xx</th><th>4xx</th><th>5xx</th><th class=\"t\">last check</th>"
                        + "<th>down</th></tr></thead><tbody>\n");
        rows.forEach(row -> row(row, steers, out));
        out.append("</tbody></table>\n");
        if (steers) {
            String choices = ACTIONS.entrySet().stream()
                    .map(action -> "<option value=\"" + action.getKey() + "\">" + action.getValue() + "</option>")
                    .collect(Collectors.joining());
            out.append("<p class=\"do\"><label>With those that are ticked: <select name=\"action\">"
                    + "<option value=\"\"></option>");
            out.append(choices).append("</select></label> <button>Apply</button></p></form>\n");
        }
    }

    private void row(StatRow row, boolean steers, StringBuilder out) {
        boolean isServer = row.kind() == StatRow.Kind.SERVER;
        String kind = isServer ? "" : row.kind() == StatRow.Kind.FRONTEND ? "f " : "b ";
        out.append("<tr class=\"").append(kind).append(colour(row)).append("\"><td class=\"s\">");
        String name = escaped(row.text(StatColumn.SVNAME));
        if (steers && isServer) {
            out.append("<label><input type=\"checkbox\" name=\"s\" value=\"")
                    .append(name)
                    .append("\"> ");
            out.append(name).append("</label>");
        } else {
            out.append(isServer ? name : name.toLowerCase(Locale.ROOT));
        }
        String address = row.text(StatColumn.ADDR);
        out.append(address.isEmpty() ? "" : " <small>" + escaped(address) + "</small>")
                .append("</td>");
        cell(row, StatColumn.STATUS, "t", out);
        number(row, out, StatColumn.WEIGHT, StatColumn.QCUR, StatColumn.SCUR, StatColumn.SMAX, StatColumn.SLIM);
        number(row, out, StatColumn.STOT, StatColumn.RATE);
        bytes(row, StatColumn.BIN, out);
        bytes(row, StatColumn.BOUT, out);
        number(row, out, StatColumn.DREQ);
        long errors = row.number(StatColumn.EREQ) + row.number(StatColumn.ECON) + row.number(StatColumn.ERESP);
        out.append("<td>").append(errors).append("</td><td>");
        out.append(row.number(StatColumn.WRETR) + row.number(StatColumn.WREDIS)).append("</td>");
        number(row, out, StatColumn.HRSP_2XX, StatColumn.HRSP_4XX, StatColumn.HRSP_5XX);
        String check = row.text(StatColumn.CHECK_DESC) + " " + row.text(StatColumn.LAST_CHK);
        out.append("<td class=\"t\">").append(escaped(check.strip())).append("</td>");
        String down = row.text(StatColumn.DOWNTIME);
        out.append("<td>").append(down.isEmpty() ? "" : down + " s").append("</td></tr>\n");
    }

    private static String colour(StatRow row) {
        String status = row.text(StatColumn.STATUS);
        if (status.startsWith("UP ") || status.startsWith("DOWN ")) {
            return "going";
        }
        return switch (status) {
            case "UP", "OPEN", "no check" -> "up";
            case "DOWN" -> "down";
            case "DRAIN" -> "drain";
            default -> "maint";
        };
    }

    private static void cell(StatRow row, StatColumn column, String style, StringBuilder out) {
        out.append("<td class=\"")
                .append(style)
                .append("\">")
                .append(escaped(row.text(column)))
                .append("</td>");
    }

    private static void number(StatRow row, StringBuilder out, StatColumn... columns) {
        for (StatColumn column : columns) {
            out.append("<td>").append(escaped(row.text(column))).append("</td>");
        }
    }

    private static void bytes(StatRow row, StatColumn column, StringBuilder out) {
        double value = row.number(column);
        String[] units = {"B", "KiB", "MiB", "GiB", "TiB"};
        int unit = 0;
        while (value >= 1024 && unit < units.length - 1) {
            value /= 1024;
            unit++;
        }
        out.append(String.format(Locale.ROOT, unit == 0 ? "<td>%.0f %s</td>" : "<td>%.1f %s</td>", value, units[unit]));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
