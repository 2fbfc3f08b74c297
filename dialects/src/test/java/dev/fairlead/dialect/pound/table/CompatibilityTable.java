package dev.fairlead.dialect.pound.table;

import dev.fairlead.dialect.Directive;
import dev.fairlead.dialect.Support;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// The table as a page of documentation, so that the page cannot say anything else than the program does.
final class CompatibilityTable {
    private CompatibilityTable() {}

    static String markdown() {
        return section("Followed", row -> row.support() instanceof Support.Full)
                + section("Read, without effect", row -> row.support() instanceof Support.WithoutEffect)
                + section("Refused by name", row -> row.support() instanceof Support.Refused);
    }

    private static String section(String title, Predicate<Directive<Context, Shape>> chosen) {
        List<Directive<Context, Shape>> rows = PoundTable.rows().stream()
                .filter(chosen)
                .sorted(Comparator.comparing(Directive<Context, Shape>::name).thenComparing(CompatibilityTable::places))
                .toList();
        StringBuilder out = new StringBuilder("## " + title + " (" + rows.size() + ")\n\n");
        out.append("| directive | in | |\n|---|---|---|\n");
        for (Directive<Context, Shape> row : rows) {
            out.append("| `").append(row.name()).append("` | ").append(places(row));
            out.append(" | ").append(note(row)).append(" |\n");
        }
        return out.append('\n').toString();
    }

    private static String places(Directive<Context, Shape> row) {
        return row.contexts().size() == Context.values().length
                ? "everything"
                : row.contexts().stream().sorted().map(Context::words).collect(Collectors.joining(", "));
    }

    private static String note(Directive<Context, Shape> row) {
        return switch (row.support()) {
            case Support.Full full -> row.doc();
            case Support.WithoutEffect without -> without.reason() + (without.noticeable() ? " (warned about)" : "");
            case Support.Refused refused -> refused.reason();
        };
    }
}
