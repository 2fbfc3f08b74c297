package dev.fairlead.dialect.upstart;

import dev.fairlead.dialect.Support;
import java.util.Comparator;

/// The stanzas as a table for the documentation, so that it cannot say anything else than the program does.
final class CompatibilityTable {
    private CompatibilityTable() {}

    static String markdown() {
        StringBuilder out = new StringBuilder("| stanza | here | |\n|---|---|---|\n");
        Stanzas.ROWS.stream()
                .sorted(Comparator.comparing(Stanza::name))
                .forEach(row -> out.append("| `")
                        .append((row.name() + " " + row.form()).strip().replace("|", "\\|"))
                        .append("` | ")
                        .append(word(row.support()))
                        .append(" | ")
                        .append(row.doc())
                        .append(" |\n"));
        return out.toString();
    }

    private static String word(Support support) {
        return switch (support) {
            case Support.Full _ -> "supported";
            case Support.WithoutEffect _ -> "noted";
            case Support.Refused _ -> "refused";
        };
    }
}
