package dev.fairlead.engine.report;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/// One line of the table: a frontend, a backend or a server at one moment. Filled once, then read.
public final class StatRow {
    private final Kind kind;
    private final int section;
    private final int server;
    private final Map<StatColumn, Object> values = new EnumMap<>(StatColumn.class);

    /// @param section its number
    /// @param server its number; 0 for none
    StatRow(Kind kind, int section, int server) {
        this.kind = kind;
        this.section = section;
        this.server = server;
    }

    /// What a row is about.
    public enum Kind {
        FRONTEND("Frontend", 0, 1),
        BACKEND("Backend", 1, 2),
        SERVER("Server", 2, 4);

        private final String word;
        private final int number;
        private final int bit;

        Kind(String word, int number, int bit) {
            this.word = word;
            this.number = number;
            this.bit = bit;
        }

        String word() {
            return word;
        }

        int number() {
            return number;
        }

        /// In masks of kinds that are asked for.
        public int bit() {
            return bit;
        }
    }

    /// Without how the configuration is made, which not everybody is to know.
    public StatRow discreet() {
        values.remove(StatColumn.ADDR);
        values.remove(StatColumn.COOKIE);
        values.remove(StatColumn.ALGO);
        return this;
    }

    public Kind kind() {
        return kind;
    }

    public int section() {
        return section;
    }

    public int server() {
        return server;
    }

    StatRow put(StatColumn column, long value) {
        values.put(column, value);
        return this;
    }

    /// A text that is empty is no value.
    StatRow put(StatColumn column, String value) {
        if (!value.isEmpty()) {
            values.put(column, value);
        }
        return this;
    }

    /// Empty where the column says nothing about such a row.
    public String text(StatColumn column) {
        return String.valueOf(values.getOrDefault(column, ""));
    }

    public long number(StatColumn column) {
        return values.get(column) instanceof Long value ? value : 0;
    }

    Optional<Object> value(StatColumn column) {
        return Optional.ofNullable(values.get(column));
    }
}
