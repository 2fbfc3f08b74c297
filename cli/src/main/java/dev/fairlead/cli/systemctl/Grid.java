package dev.fairlead.cli.systemctl;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// Rows shown as a table for people or as JSON for programs.
final class Grid {
    private final List<String> titles;
    private final List<List<String>> rows = new ArrayList<>();

    /// @param titles of the columns; in small letters, `_` for blanks, they are JSON's keys
    Grid(String... titles) {
        this.titles = List.of(titles);
    }

    /// @param cells one for each column; an empty one is shown as `-`, and is null in JSON
    void add(String... cells) {
        rows.add(List.of(cells));
    }

    int size() {
        return rows.size();
    }

    /// @param hasHeading whether the titles come first
    String text(boolean hasHeading) {
        int[] widths = new int[titles.size()];
        for (int i = 0; i < widths.length; i++) {
            int column = i;
            widths[i] = rows.stream()
                    .mapToInt(row -> shown(row.get(column)).length())
                    .max()
                    .orElse(0);
            widths[i] = hasHeading ? Math.max(widths[i], titles.get(i).length()) : widths[i];
        }
        StringBuilder out = new StringBuilder();
        if (hasHeading) {
            line(titles, widths, out);
        }
        rows.forEach(row -> line(row.stream().map(Grid::shown).toList(), widths, out));
        return out.toString();
    }

    private static String shown(String cell) {
        return cell.isEmpty() ? "-" : cell;
    }

    private static void line(List<String> cells, int[] widths, StringBuilder out) {
        for (int i = 0; i < cells.size(); i++) {
            out.append(cells.get(i));
            if (i + 1 < cells.size()) {
                out.repeat(' ', widths[i] - cells.get(i).length() + 1);
            }
        }
        out.append('\n');
    }

    /// @param pretty whether each value has a line of its own
    String json(boolean pretty) {
        if (rows.isEmpty()) {
            return "[]\n";
        }
        String between = pretty ? ",\n\t" : ",";
        return (pretty ? "[\n\t" : "[")
                + rows.stream().map(row -> object(row, pretty)).collect(Collectors.joining(between))
                + (pretty ? "\n]\n" : "]\n");
    }

    private String object(List<String> row, boolean pretty) {
        List<String> members = new ArrayList<>();
        for (int i = 0; i < row.size(); i++) {
            String key = titles.get(i).toLowerCase(Locale.ROOT).replace(' ', '_');
            String value = row.get(i).isEmpty() ? "null" : quoted(row.get(i));
            members.add(quoted(key) + (pretty ? " : " : ":") + value);
        }
        return pretty ? "{\n\t\t" + String.join(",\n\t\t", members) + "\n\t}" : "{" + String.join(",", members) + "}";
    }

    static String quoted(String text) {
        return "\"" + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + "\"";
    }
}
