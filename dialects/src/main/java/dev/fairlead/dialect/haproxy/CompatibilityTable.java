package dev.fairlead.dialect.haproxy;

import dev.fairlead.dialect.Directive;
import dev.fairlead.dialect.Support;
import dev.fairlead.dialect.haproxy.sample.Converters;
import dev.fairlead.dialect.haproxy.sample.Fetches;
import dev.fairlead.dialect.haproxy.sample.UnsupportedSamples;
import dev.fairlead.dialect.haproxy.table.Context;
import dev.fairlead.dialect.haproxy.table.HaproxyTable;
import dev.fairlead.dialect.haproxy.table.Keeping;
import dev.fairlead.dialect.haproxy.table.Parameter;
import dev.fairlead.dialect.haproxy.table.ParameterTable;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// The tables as a page of documentation, so that the page cannot say anything else than the program does.
final class CompatibilityTable {
    private CompatibilityTable() {}

    static String markdown() {
        return sections()
                + followed()
                + others("Read, without effect", row -> row.support() instanceof Support.WithoutEffect)
                + others("Refused by name", row -> row.support() instanceof Support.Refused)
                + parameters("bind", ParameterTable.BIND)
                + parameters("server", ParameterTable.SERVER)
                + samples("Fetches", Fetches.docs(), UnsupportedSamples.docs(false))
                + samples("Converters", Converters.docs(), UnsupportedSamples.docs(true));
    }

    private static String sections() {
        return "## Sections\n\n| section | |\n|---|---|\n"
                + Arrays.stream(Context.values())
                        .map(context -> "| `" + context.word() + "` | "
                                + note(HaproxyTable.support(context), "followed") + " |\n")
                        .collect(Collectors.joining())
                + "\n";
    }

    private static String followed() {
        List<Directive<Context, Keeping>> rows = HaproxyTable.rows().stream()
                .filter(row -> row.support() instanceof Support.Full)
                .toList();
        return "## Followed (" + rows.size() + ")\n\n| keyword | sections | |\n|---|---|---|\n"
                + rows.stream()
                        .map(row -> "| `" + row.name() + "` | " + contexts(row) + " | " + row.doc() + " |\n")
                        .collect(Collectors.joining())
                + "\n";
    }

    /// Keywords by the reason that they share.
    private static String others(String title, Predicate<Directive<Context, Keeping>> chosen) {
        Map<String, List<String>> byReason = HaproxyTable.rows().stream()
                .filter(chosen)
                .collect(Collectors.groupingBy(
                        row -> note(row.support(), ""),
                        TreeMap::new,
                        Collectors.mapping(row -> "`" + row.name() + "`", Collectors.toList())));
        long count = HaproxyTable.rows().stream().filter(chosen).count();
        return "## " + title + " (" + count + ")\n\n| reason | keywords |\n|---|---|\n" + rows(byReason) + "\n";
    }

    private static String rows(Map<String, List<String>> byReason) {
        return byReason.entrySet().stream()
                .map(entry -> "| " + entry.getKey() + " | "
                        + entry.getValue().stream().distinct().sorted().collect(Collectors.joining(", ")) + " |\n")
                .collect(Collectors.joining());
    }

    private static String parameters(String name, ParameterTable table) {
        Map<String, List<String>> byReason = table.rows().stream()
                .collect(Collectors.groupingBy(
                        row -> note(row.support(), "followed"),
                        TreeMap::new,
                        Collectors.mapping(CompatibilityTable::shown, Collectors.toList())));
        return "## Parameters of `" + name + "` (" + table.rows().size() + ")\n\n| | parameters |\n|---|---|\n"
                + rows(byReason) + "\n";
    }

    private static String shown(Parameter row) {
        return "`" + row.name() + "`";
    }

    private static String samples(String title, List<Fetches.Doc> docs, Map<String, String> refused) {
        return "## " + title + " (" + docs.size() + ")\n\n| name | |\n|---|---|\n"
                + docs.stream()
                        .map(doc -> "| `" + doc.name() + "` | " + doc.text() + " |\n")
                        .collect(Collectors.joining())
                + "\nRefused by name (a star stands for any ending):\n\n"
                + refused.entrySet().stream()
                        .map(entry -> "- " + entry.getKey() + ": " + entry.getValue() + "\n")
                        .collect(Collectors.joining())
                + "\n";
    }

    private static String contexts(Directive<Context, Keeping> row) {
        return row.contexts().stream().sorted().map(Context::word).collect(Collectors.joining(", "));
    }

    private static String note(Support support, String followed) {
        return switch (support) {
            case Support.Full full -> followed;
            case Support.WithoutEffect without -> without.reason() + (without.noticeable() ? " (warned about)" : "");
            case Support.Refused refused -> "refused: " + refused.reason();
        };
    }
}
