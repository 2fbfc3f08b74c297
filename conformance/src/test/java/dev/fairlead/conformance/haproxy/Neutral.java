package dev.fairlead.conformance.haproxy;

import dev.fairlead.conformance.cases.Outcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Outcomes without what HTTP leaves open: whether names of fields, and those in Connection, are in capitals (HAProxy
/// writes the former in lower case), which of two fields of different names comes first, and whether a connection that
/// is kept says so.
final class Neutral {
    private static final Pattern METRICS = Pattern.compile("(?m)^# TYPE haproxy_");
    /// Metrics whose values are about time, bytes, memory, or the program itself.
    private static final Pattern UNSTEADY = Pattern.compile("haproxy_process_(?!nbproc|relative|limit_|max_pipes"
            + "|pipes_|stopping|unstoppable|active_peers|connected_peers|busy|build|max_memory).*"
            + "|.*_(bytes_(in|out)_total|seconds|downtime_seconds_total|rate_max|max_session_rate)"
            + "|haproxy_(frontend|backend)_limit_sessions|.*_need_connections_current"
            + "|.*_(current|max)_sessions");

    private Neutral() {}

    static Outcome of(Outcome outcome) {
        Map<String, String> aspects = new LinkedHashMap<>();
        outcome.aspects().forEach((name, value) -> {
            int header = name.indexOf(" header ");
            String neutral = header < 0 ? name : name.toLowerCase(Locale.ROOT);
            boolean isConnection = neutral.endsWith(" header connection");
            boolean isKept = isConnection && value.equalsIgnoreCase("keep-alive");
            if (name.endsWith(" body") && METRICS.matcher(value).find()) {
                aspects.put(neutral, metrics(value, name.replace(" body", " metric "), aspects));
            } else if (name.equals("upstream")) {
                aspects.put(name, upstream(value));
            } else if (name.endsWith(" interim")) {
                aspects.put(name, value.toLowerCase(Locale.ROOT));
            } else if (!isKept) {
                aspects.merge(neutral, isConnection ? value.toLowerCase(Locale.ROOT) : value, (a, b) -> a + "\n" + b);
            }
        });
        return new Outcome(aspects);
    }

    /// Metrics without their sentences and values.
    ///
    /// @param aspects to which each value that two runs have in common is added
    private static String metrics(String body, String prefix, Map<String, String> aspects) {
        List<String> lines = new ArrayList<>();
        for (String line : body.lines().toList()) {
            int space = line.lastIndexOf(' ');
            if (line.startsWith("# TYPE ")) {
                lines.add(line);
            } else if (!line.startsWith("#")) {
                String metric = line.substring(0, space).replaceAll("version=\"[^\"]*\"", "version=V");
                String name = metric.replaceFirst("\\{.*", "");
                lines.add(metric);
                if (!UNSTEADY.matcher(name).matches()) {
                    aspects.put(prefix + metric, line.substring(space + 1));
                }
            }
        }
        return String.join("\n", lines);
    }

    private static String upstream(String messages) {
        return Arrays.stream(messages.split("\n--\n", -1)).map(Neutral::message).collect(Collectors.joining("\n--\n"));
    }

    private static String message(String message) {
        int gap = message.indexOf("\n\n");
        if (gap < 0) {
            return message;
        }
        List<String> lines = new ArrayList<>(message.substring(0, gap).lines().toList());
        if (lines.isEmpty()) {
            return message;
        }
        String first = lines.removeFirst();
        String fields = lines.stream()
                .map(Neutral::field)
                .filter(field -> !field.equals("connection: keep-alive"))
                .sorted((a, b) -> nameOf(a).compareTo(nameOf(b)))
                .collect(Collectors.joining("\n"));
        return first + "\n" + fields + message.substring(gap);
    }

    private static String field(String line) {
        return nameOf(line).toLowerCase(Locale.ROOT)
                + line.substring(nameOf(line).length());
    }

    private static String nameOf(String line) {
        int colon = line.indexOf(':');
        return colon < 0 ? line : line.substring(0, colon);
    }

    /// Without when, how long and how many bytes (HAProxy counts them in a form of its own), and without the
    /// ports of clients. A tarpit is a matter of reading for HAProxy.
    static String line(String line) {
        return line.replaceFirst("^(<\\d+>).*? ([\\w.-]+)\\[\\d+]: ", "$1$2: ")
                .replaceAll("\\[\\d\\d/\\w{3}/[^]]*]", "[T]")
                .replaceAll(
                        "(?<= )\\d+(?=(/[-+]?\\d+){2,4} )|(?<=/\\+?)\\d+(?=(/[-+]?\\d+)* (\\d{3}|-1) )"
                                + "|(?<=/\\+?)\\d+(?=(/[-+]?\\d+)* \\+?\\d+ (--|[A-Za-z]{2}) \\d+/)",
                        "N")
                .replaceFirst("-1/N/-1/-1/N (?=500 \\d+ - - PT)", "N/-1/-1/-1/N ")
                .replaceFirst("(?<= (\\d{3}|-1) \\+?)\\d+(?= \\S+ \\S+ [-\\w]{4} )", "B")
                .replaceAll("from 127\\.0\\.0\\.1:\\d+", "from P")
                .replaceAll("(127\\.0\\.0\\.1:)\\d+ \\[T]", "$1P [T]");
    }
}
