package dev.fairlead.dialect.systemd;

import dev.fairlead.dialect.systemd.setting.KeyTable;
import dev.fairlead.dialect.systemd.text.Assignment;
import dev.fairlead.dialect.systemd.text.Value;
import dev.fairlead.dialect.systemd.text.Words;
import dev.fairlead.source.Diagnostic;
import dev.fairlead.source.Problems;
import dev.fairlead.source.SourceFile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Splits a unit file into sections and assignments, joining continued lines as systemd does: the backslash
/// becomes a blank, comment lines in between are left out, and a blank line ends it.
public final class UnitText {
    private final SourceFile file;
    private final Set<String> sections;
    private final Problems problems;
    private final List<Assignment> assignments = new ArrayList<>();
    private String section = "";

    private UnitText(SourceFile file, Set<String> sections, Problems problems) {
        this.file = file;
        this.sections = sections;
        this.problems = problems;
    }

    /// @param sections those that units of its kind have
    public static List<Assignment> read(SourceFile file, Set<String> sections, Problems problems) {
        UnitText reader = new UnitText(file, sections, problems);
        reader.readLines();
        return List.copyOf(reader.assignments);
    }

    private void readLines() {
        String text = file.text();
        Logical logical = new Logical();
        int at = text.startsWith("\uFEFF") ? 1 : 0;
        while (at < text.length()) {
            int end = text.indexOf('\n', at);
            int next = end < 0 ? text.length() : end + 1;
            int stop = end < 0 ? text.length() : end;
            if (stop > at && text.charAt(stop - 1) == '\r') {
                stop--;
            }
            if (!isComment(text, at, stop)) {
                logical.append(text, at, stop);
                if (!logical.continues()) {
                    readLogical(logical.value(file));
                    logical = new Logical();
                }
            }
            at = next;
        }
        readLogical(logical.value(file));
    }

    private static boolean isComment(String text, int from, int to) {
        int at = from;
        while (at < to && Words.isBlank(text.charAt(at))) {
            at++;
        }
        return at < to && (text.charAt(at) == '#' || text.charAt(at) == ';');
    }

    private void readLogical(Value raw) {
        Value line = raw.strip();
        if (line.isEmpty()) {
            return;
        }
        if (line.text().startsWith("[")) {
            readSection(line);
            return;
        }
        int equals = line.text().indexOf('=');
        Optional<String> header = brokenHeader(line.text());
        if (header.isPresent()) {
            problems.warning(
                    "systemd.missing-equals",
                    line.span(),
                    "Missing '=', ignoring line.",
                    "a section begins with [: write [" + header.get() + "]; what follows is ignored until then");
            section = "X-";
        } else if (equals < 0) {
            problems.warning("systemd.missing-equals", line.span(), "Missing '=', ignoring line.", missingEquals(line));
        } else if (section.isEmpty()) {
            problems.warning(
                    "systemd.outside-section",
                    line.span(),
                    "Assignment outside of section. Ignoring.",
                    "settings belong below a line such as [Service]");
        } else {
            Value key = line.part(0, equals);
            assignments.add(new Assignment(
                    section,
                    key.text(),
                    key.span(),
                    line.part(equals + 1, line.text().length())));
        }
    }

    /// The section that a line without its first bracket would begin.
    private Optional<String> brokenHeader(String line) {
        String name = line.endsWith("]") ? line.substring(0, line.length() - 1).strip() : "";
        return sections.contains(name) ? Optional.of(name) : Optional.empty();
    }

    private static String missingEquals(Value line) {
        String first = line.text().split("[\\s:]+", 2)[0];
        return KeyTable.find(first)
                .map(key -> "write " + key.name() + "=… here")
                .orElse("a setting is written Key=value; a line ending in \\ goes on in the next one");
    }

    private void readSection(Value line) {
        String text = line.text();
        if (!text.endsWith("]")) {
            problems.error(
                    "systemd.section-header",
                    line.span(),
                    "Invalid section header '" + text + "'",
                    "the line must end with ]");
            section = "X-";
            return;
        }
        String name = text.substring(1, text.length() - 1);
        section = name;
        if (sections.contains(name) || name.startsWith("X-")) {
            return;
        }
        section = "X-";
        Optional<String> hint = KeyTable.SECTIONS.contains(name)
                ? Optional.of(
                        "units of this kind have none; it belongs in a ." + name.toLowerCase(Locale.ROOT) + " file")
                : KeyTable.nearestSection(name).map(near -> "did you mean [" + near + "]?");
        problems.add(
                Diagnostic.warning("systemd.unknown-section", line.span(), "Unknown section '" + name + "'. Ignoring.")
                        .hint(hint));
    }

    /// The lines that make one, as far as they have been read.
    private static final class Logical {
        private final StringBuilder text = new StringBuilder();
        private int[] offsets = new int[80];
        private boolean continues;

        void append(String source, int from, int to) {
            for (int i = from; i < to; i++) {
                if (text.length() == offsets.length) {
                    offsets = Arrays.copyOf(offsets, offsets.length * 2);
                }
                offsets[text.length()] = i;
                text.append(source.charAt(i));
            }
            continues = endsInSingleBackslash(source, from, to);
            if (continues) {
                text.setCharAt(text.length() - 1, ' ');
            }
        }

        private static boolean endsInSingleBackslash(String source, int from, int to) {
            boolean escaped = false;
            for (int i = from; i < to; i++) {
                escaped = !escaped && source.charAt(i) == '\\';
            }
            return escaped;
        }

        boolean continues() {
            return continues;
        }

        Value value(SourceFile file) {
            return new Value(file, text.toString(), Arrays.copyOf(offsets, text.length()));
        }
    }
}
