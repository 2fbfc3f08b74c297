package dev.fairlead.dialect.stunnel;

import dev.fairlead.dialect.Directive;
import dev.fairlead.dialect.Support;
import java.util.List;
import java.util.function.Predicate;

/// The option table as a page of documentation, so that the page cannot say anything else than the program does.
final class CompatibilityTable {
    private CompatibilityTable() {}

    static String markdown() {
        return section("Followed", row -> row.support() instanceof Support.Full)
                + section("Read, without effect", row -> row.support() instanceof Support.WithoutEffect)
                + section("Refused by name", row -> row.support() instanceof Support.Refused);
    }

    private static String section(String title, Predicate<Directive<Place, Setter>> chosen) {
        List<Directive<Place, Setter>> rows =
                OptionTable.table().rows().stream().filter(chosen).toList();
        StringBuilder out = new StringBuilder("## " + title + " (" + rows.size() + ")\n\n");
        out.append("| option | of | |\n|---|---|---|\n");
        for (Directive<Place, Setter> row : rows) {
            out.append("| `")
                    .append(row.name())
                    .append("` | ")
                    .append(row.contexts().size() > 1 ? "services" : "the program")
                    .append(" | ")
                    .append(note(row))
                    .append(" |\n");
        }
        return out.append('\n').toString();
    }

    private static String note(Directive<Place, Setter> row) {
        return switch (row.support()) {
            case Support.Full full -> row.doc();
            case Support.WithoutEffect without -> without.reason() + (without.noticeable() ? " (warned about)" : "");
            case Support.Refused refused -> refused.reason();
        };
    }
}
