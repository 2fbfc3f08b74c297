package dev.fairlead.engine.report;

import dev.fairlead.engine.upstream.server.ServerFacts;
import dev.fairlead.model.upstream.Duty;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// A column of the table as a metric.
///
/// @param name behind the word for the kind of row
/// @param isHttp whether only parts that see requests have it
/// @param kinds of rows that have it
record TrafficMetricRow(
        StatColumn column,
        String name,
        boolean isCounter,
        Shape shape,
        boolean isHttp,
        Set<StatRow.Kind> kinds,
        String help) {
    private static final List<String> STATES = List.of("DOWN", "UP");
    private static final List<String> SERVER_STATES = List.of("DOWN", "UP", "MAINT", "DRAIN", "NOLB");
    /// What a check may come to, whether checks here ever come to it or not.
    private static final List<String> CHECKS = List.of(
            "HANA",
            "SOCKERR",
            "L4OK",
            "L4TOUT",
            "L4CON",
            "L6OK",
            "L6TOUT",
            "L6RSP",
            "L7TOUT",
            "L7RSP",
            "L7OK",
            "L7OKC",
            "L7STS",
            "PROCERR",
            "PROCTOUT",
            "PROCOK");
    private static final List<StatColumn> CLASSES = List.of(
            StatColumn.HRSP_1XX,
            StatColumn.HRSP_2XX,
            StatColumn.HRSP_3XX,
            StatColumn.HRSP_4XX,
            StatColumn.HRSP_5XX,
            StatColumn.HRSP_OTHER);

    /// What becomes of the column's value.
    enum Shape {
        /// As it is.
        NUMBER,
        /// Milliseconds as seconds.
        MILLIS,
        /// Nobody counts it.
        UNKNOWN,
        /// A line for each class of status, section by section.
        STATUS_CLASSES,
        /// A line for each state.
        STATE,
        /// A line for each outcome of a check, of servers that are being checked.
        CHECK,
        /// A number, of servers that are being checked.
        CHECK_CODE,
        /// Milliseconds as seconds, of servers that have been checked.
        IF_CHECKED,
        /// How many servers are in each state.
        SERVER_STATES,
        /// How many servers' checks came to each outcome.
        SERVER_CHECKS
    }

    /// What a row of the table is about.
    ///
    /// @param labels that its values have
    /// @param servers the one, or all of the section
    record Subject(StatRow row, String labels, List<ServerFacts> servers) {
        private boolean isTcp() {
            return row.text(StatColumn.MODE).equals("tcp");
        }
    }

    /// @param all rows of one kind
    void write(StatRow.Kind kind, List<Subject> all, StringBuilder out) {
        List<Subject> subjects =
                all.stream().filter(subject -> !(isHttp && subject.isTcp())).toList();
        StringBuilder lines = new StringBuilder();
        Metric metric = new Metric("haproxy_" + kind.word().toLowerCase(Locale.ROOT) + "_" + name, isCounter, help);
        if (shape == Shape.STATUS_CLASSES) {
            for (StatColumn one : CLASSES) {
                String code = one.label().substring(one.label().indexOf('_') + 1);
                subjects.forEach(subject -> metric.value(
                        subject.labels() + "," + Metric.label("code", code),
                        number(subject.row().text(one)),
                        lines));
            }
        } else {
            subjects.forEach(subject -> lines(metric, subject, lines));
        }
        if (!lines.isEmpty()) {
            metric.head(out);
            out.append(lines);
        }
    }

    private void lines(Metric metric, Subject subject, StringBuilder out) {
        String text = subject.row().text(column);
        boolean isWatched = !subject.row().text(StatColumn.CHECK_STATUS).isEmpty();
        switch (shape) {
            case NUMBER -> metric.value(subject.labels(), number(text), out);
            case MILLIS -> metric.value(subject.labels(), seconds(text), out);
            case UNKNOWN -> metric.value(subject.labels(), Metric.UNKNOWN, out);
            case STATUS_CLASSES -> {}
            case STATE -> states(metric, subject, out);
            case CHECK -> {
                if (isWatched) {
                    CHECKS.forEach(each -> metric.value(with(subject, each), each.equals(text) ? "1" : "0", out));
                }
            }
            case CHECK_CODE -> {
                if (isWatched) {
                    metric.value(subject.labels(), text.isEmpty() ? "0" : text, out);
                }
            }
            case IF_CHECKED -> {
                if (!text.isEmpty()) {
                    metric.value(subject.labels(), seconds(text), out);
                }
            }
            case SERVER_STATES ->
                counts(
                        metric,
                        subject,
                        SERVER_STATES,
                        subject.servers().stream().map(TrafficMetricRow::state).toList(),
                        out);
            case SERVER_CHECKS ->
                counts(
                        metric,
                        subject,
                        CHECKS,
                        subject.servers().stream()
                                .filter(server -> server.check().isPresent())
                                .map(CheckWords::code)
                                .toList(),
                        out);
        }
    }

    private static void states(Metric metric, Subject subject, StringBuilder out) {
        boolean isServer = subject.row().kind() == StatRow.Kind.SERVER;
        String status = subject.row().text(StatColumn.STATUS);
        boolean isUp = status.startsWith("UP") || status.equals("OPEN");
        String state = isServer ? state(subject.servers().getFirst()) : isUp ? "UP" : "DOWN";
        for (String each : isServer ? SERVER_STATES : STATES) {
            metric.value(with(subject, each), each.equals(state) ? "1" : "0", out);
        }
    }

    /// A section without servers has no counts of them.
    private static void counts(
            Metric metric, Subject subject, List<String> words, List<String> found, StringBuilder out) {
        if (subject.servers().isEmpty()) {
            return;
        }
        for (String word : words) {
            long count = found.stream().filter(word::equals).count();
            metric.value(with(subject, word), Long.toString(count), out);
        }
    }

    private static String with(Subject subject, String state) {
        return subject.labels() + "," + Metric.label("state", state);
    }

    private static String number(String text) {
        return text.isEmpty() ? Metric.UNKNOWN : text;
    }

    private static String seconds(String millis) {
        return millis.isEmpty() ? Metric.UNKNOWN : String.format(Locale.ROOT, "%.6f", Long.parseLong(millis) / 1_000.0);
    }

    /// A weight of 0 is no state here, else than on the page.
    private static String state(ServerFacts server) {
        if (server.duty() == Duty.MAINTENANCE || !server.isPlaced()) {
            return "MAINT";
        }
        if (server.isFailing()) {
            return "DOWN";
        }
        return server.isLeaving() ? "NOLB" : server.duty() == Duty.DRAIN ? "DRAIN" : "UP";
    }
}
