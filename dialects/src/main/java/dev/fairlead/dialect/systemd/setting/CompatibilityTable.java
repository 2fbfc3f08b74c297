package dev.fairlead.dialect.systemd.setting;

import java.util.Comparator;
import java.util.List;

/// The key table as a page of documentation, so that the page cannot say anything else than the program does.
public final class CompatibilityTable {
    private CompatibilityTable() {}

    public static String markdown() {
        StringBuilder out = new StringBuilder();
        for (String section : List.of("Unit", "Service", "Socket", "Timer", "Path", "Install")) {
            out.append("### [").append(section).append("]\n\n| setting | here | |\n|---|---|---|\n");
            KeyTable.ROWS.stream()
                    .filter(key -> key.section().equals(section))
                    .sorted(Comparator.comparing(Key::name))
                    .forEach(key -> out.append("| `")
                            .append(key.name())
                            .append("=` | ")
                            .append(key.support().word())
                            .append(" | ")
                            .append(key.note())
                            .append(" |\n"));
            out.append('\n');
        }
        return out.toString();
    }
}
