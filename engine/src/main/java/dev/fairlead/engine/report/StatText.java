package dev.fairlead.engine.report;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// The table as text.
public final class StatText {
    private static final Map<Character, String> ORIGINS =
            Map.of('M', "Metric", 'S', "Status", 'K', "Key", 'C', "Config", 'P', "Product");
    private static final Map<Character, String> NATURES = Map.of(
            'A', "Age",
            'a', "Avg",
            'C', "Counter",
            'D', "Duration",
            'G', "Gauge",
            'L', "Limit",
            'M', "Max",
            'N', "Name",
            'O', "Output",
            'R', "Rate");
    private static final Map<Character, String> SCOPES = Map.of('P', "Process", 'S', "Service");

    private StatText() {}

    /// As comma separated values; a `-` divides the columns of all from those of kinds of connections.
    public static String csv(List<StatRow> rows) {
        StringBuilder out = new StringBuilder("# ");
        for (StatColumn column : StatColumn.values()) {
            out.append(column.label()).append(column.isLastOfAll() ? ",-," : ",");
        }
        out.append('\n');
        for (StatRow row : rows) {
            for (StatColumn column : StatColumn.values()) {
                out.append(quoted(row.text(column))).append(column.isLastOfAll() ? ",-," : ",");
            }
            out.append('\n');
        }
        return out.toString();
    }

    private static String quoted(String text) {
        boolean isPlain = text.indexOf(',') < 0 && text.indexOf('"') < 0 && text.indexOf('\n') < 0;
        return isPlain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }

    /// A line for each value.
    public static String typed(List<StatRow> rows) {
        StringBuilder out = new StringBuilder();
        for (StatRow row : rows) {
            for (StatColumn column : StatColumn.values()) {
                row.value(column)
                        .ifPresent(value -> out.append(row.kind().word().charAt(0))
                                .append('.')
                                .append(row.section())
                                .append('.')
                                .append(row.server())
                                .append('.')
                                .append(column.position())
                                .append('.')
                                .append(column.label())
                                .append(".1:")
                                .append(column.tags())
                                .append(':')
                                .append(column.type())
                                .append(':')
                                .append(value)
                                .append('\n'));
            }
            out.append('\n');
        }
        return out.toString();
    }

    public static String json(List<StatRow> rows) {
        return rows.stream().map(StatText::json).collect(Collectors.joining(",", "[", "]")) + "\n";
    }

    private static String json(StatRow row) {
        return Arrays.stream(StatColumn.values())
                .filter(column -> row.value(column).isPresent())
                .map(column -> "{\"objType\":\"" + row.kind().word() + "\",\"proxyId\":" + row.section() + ",\"id\":"
                        + row.server() + ","
                        + field(column.position(), column.label(), column.tags(), column.type(), row.text(column))
                        + "}")
                .collect(Collectors.joining(",", "[", "]"));
    }

    /// The members of an object that are about a value.
    public static String field(int position, String name, String tags, String type, String value) {
        String shown = type.equals("str") ? quotedJson(value) : value;
        return "\"field\":{\"pos\":" + position + ",\"name\":\"" + name + "\"},\"processNum\":1,\"tags\":{\"origin\":\""
                + ORIGINS.getOrDefault(tags.charAt(0), "") + "\",\"nature\":\""
                + NATURES.getOrDefault(tags.charAt(1), "") + "\",\"scope\":\""
                + SCOPES.getOrDefault(tags.charAt(2), "") + "\"},\"value\":{\"type\":\"" + type + "\",\"value\":"
                + shown + "}";
    }

    private static String quotedJson(String text) {
        StringBuilder out = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                default -> {
                    if (c < ' ') {
                        out.append(String.format(java.util.Locale.ROOT, "\\u%04x", (int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        return out.append('"').toString();
    }
}
