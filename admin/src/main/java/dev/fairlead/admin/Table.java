package dev.fairlead.admin;

import java.util.ArrayList;
import java.util.List;

/// Columns of text, each as wide as its widest cell, two spaces apart. Cells that hold numbers are set to the
/// right.
final class Table {
    private final List<List<String>> rows = new ArrayList<>();

    Table(String... headings) {
        rows.add(List.of(headings));
    }

    void row(String... cells) {
        rows.add(List.of(cells));
    }

    boolean isEmpty() {
        return rows.size() == 1;
    }

    String render() {
        int columns = rows.getFirst().size();
        int[] widths = new int[columns];
        boolean[] numeric = new boolean[columns];
        for (int column = 0; column < columns; column++) {
            numeric[column] = isNumeric(column);
            for (List<String> row : rows) {
                widths[column] = Math.max(widths[column], row.get(column).length());
            }
        }
        StringBuilder out = new StringBuilder();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < columns; column++) {
                pad(line, row.get(column), widths[column], numeric[column]);
                line.append("  ");
            }
            out.append(line.toString().stripTrailing()).append('\n');
        }
        return out.toString();
    }

    private boolean isNumeric(int column) {
        return rows.stream()
                .skip(1)
                .map(row -> row.get(column))
                .allMatch(cell -> cell.equals("-") || cell.matches("[0-9.]+"));
    }

    private static void pad(StringBuilder line, String cell, int width, boolean right) {
        if (right) {
            line.repeat(' ', width - cell.length()).append(cell);
        } else {
            line.append(cell).repeat(' ', width - cell.length());
        }
    }
}
