package dev.fairlead.cli.journalctl;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.fairlead.cli.systemctl.HostName;
import dev.fairlead.cli.systemctl.Moments;
import dev.fairlead.process.journal.Boots.Boot;
import dev.fairlead.process.journal.JournalEntry;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/// How lines are shown.
final class Rendering {
    static final List<String> FORMATS = List.of(
            "short",
            "short-full",
            "short-iso",
            "short-iso-precise",
            "short-precise",
            "short-unix",
            "verbose",
            "export",
            "json",
            "json-pretty",
            "json-sse",
            "cat",
            "with-unit");
    private static final DateTimeFormatter SHORT = formatter("MMM dd HH:mm:ss");
    private static final DateTimeFormatter PRECISE = formatter("MMM dd HH:mm:ss.SSSSSS");
    private static final DateTimeFormatter ISO = formatter("uuuu-MM-dd'T'HH:mm:ssxx");
    private static final DateTimeFormatter ISO_PRECISE = formatter("uuuu-MM-dd'T'HH:mm:ss.SSSSSSxx");
    private static final DateTimeFormatter FULL_PRECISE = formatter("EEE uuuu-MM-dd HH:mm:ss.SSSSSS zzz");
    private static final int DAEMONS = 3;

    private final String format;
    private final ZoneId zone;
    private final boolean showsHost;
    private final List<Boot> boots;
    private final String host = HostName.get();

    Rendering(String format, ZoneId zone, boolean showsHost, List<Boot> boots) {
        this.format = format;
        this.zone = zone;
        this.showsHost = showsHost;
        this.boots = List.copyOf(boots);
    }

    private static DateTimeFormatter formatter(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH);
    }

    /// Whether a line stands between those of different runs.
    boolean tellsBoots() {
        return format.startsWith("short") || format.equals("with-unit");
    }

    String boot(JournalEntry entry) {
        String id = "";
        for (Boot boot : boots) {
            id = boot.fromMicros() <= entry.wallMicros() ? boot.id() : id;
        }
        return id;
    }

    String cursor(JournalEntry entry) {
        return "s=fairlead;i=" + Long.toHexString(entry.wallMicros()) + ";b=" + boot(entry);
    }

    String text(JournalEntry entry) {
        return switch (format) {
            case "cat" -> entry.text() + "\n";
            case "json" -> json(entry, "{", ",", ":", "}\n");
            case "json-sse" -> json(entry, "data: {", ",", ":", "}\n\n");
            case "json-pretty" -> json(entry, "{\n\t", ",\n\t", " : ", "\n}\n");
            case "export" ->
                fields(entry).entrySet().stream()
                                .map(field -> field.getKey() + "=" + field.getValue() + "\n")
                                .collect(Collectors.joining())
                        + "\n";
            case "verbose" -> verbose(entry);
            default ->
                time(entry) + (showsHost ? " " + host : "") + " " + name(entry) + "[" + entry.pid() + "]: "
                        + entry.text() + "\n";
        };
    }

    private String name(JournalEntry entry) {
        return format.equals("with-unit") ? entry.unit() : entry.identifier();
    }

    private String time(JournalEntry entry) {
        return switch (format) {
            case "short-precise" -> PRECISE.format(entry.at().atZone(zone));
            case "short-iso" -> ISO.format(entry.at().atZone(zone));
            case "short-iso-precise" -> ISO_PRECISE.format(entry.at().atZone(zone));
            case "short-unix" ->
                String.format(Locale.ROOT, "%d.%06d", entry.wallMicros() / 1_000_000, entry.wallMicros() % 1_000_000);
            case "short-full", "with-unit" -> Moments.timestamp(entry.wallMicros(), zone);
            default -> SHORT.format(entry.at().atZone(zone));
        };
    }

    private String verbose(JournalEntry entry) {
        StringBuilder out = new StringBuilder(FULL_PRECISE.format(entry.at().atZone(zone)))
                .append(" [")
                .append(cursor(entry))
                .append("]\n");
        fields(entry).forEach((name, value) -> {
            if (!name.startsWith("__")) {
                out.append("    ").append(name).append('=').append(value).append('\n');
            }
        });
        return out.toString();
    }

    private String json(JournalEntry entry, String open, String between, String colon, String close) {
        return fields(entry).entrySet().stream()
                .map(field -> quoted(field.getKey()) + colon + quoted(field.getValue()))
                .collect(Collectors.joining(between, open, close));
    }

    private static String quoted(String text) {
        return "\"" + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + "\"";
    }

    /// Everything known of a line, by the names journald has for it.
    SequencedMap<String, String> fields(JournalEntry entry) {
        SequencedMap<String, String> fields = new LinkedHashMap<>();
        fields.put("__CURSOR", cursor(entry));
        fields.put("__REALTIME_TIMESTAMP", Long.toString(entry.wallMicros()));
        fields.put("_BOOT_ID", boot(entry));
        fields.put("_HOSTNAME", host);
        fields.put("_TRANSPORT", "stdout");
        fields.put("PRIORITY", Integer.toString(entry.priority()));
        fields.put("SYSLOG_FACILITY", Integer.toString(DAEMONS));
        fields.put("SYSLOG_IDENTIFIER", entry.identifier());
        fields.put("_PID", Integer.toString(entry.pid()));
        fields.put("_SYSTEMD_UNIT", entry.unit());
        fields.put("MESSAGE", entry.text());
        return fields;
    }

    boolean matches(JournalEntry entry, Map<String, List<String>> wanted) {
        SequencedMap<String, String> fields = fields(entry);
        return wanted.entrySet().stream()
                .allMatch(one -> one.getValue().contains(fields.getOrDefault(one.getKey(), "")));
    }
}
