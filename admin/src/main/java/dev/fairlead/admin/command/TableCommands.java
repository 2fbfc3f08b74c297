package dev.fairlead.admin.command;

import dev.fairlead.engine.stick.Entry;
import dev.fairlead.engine.stick.Table;
import dev.fairlead.model.roster.CommandSocket.Level;
import dev.fairlead.model.text.Counter;
import dev.fairlead.model.text.StickTable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongPredicate;

/// Tables of counters by key.
final class TableCommands {
    private static final String NO_TABLE = "No such table\n";
    private static final String NO_TYPE = "Unknown data type\n";
    private static final String IN_USE = "Entry currently in use, cannot remove\n";
    /// In the order that entries are shown in.
    private static final Map<String, Counter> COUNTERS = new LinkedHashMap<>();

    static {
        COUNTERS.put("gpt0", Counter.TAG_0);
        COUNTERS.put("gpc0", Counter.GENERAL_0);
        COUNTERS.put("gpc0_rate", Counter.GENERAL_0_RATE);
        COUNTERS.put("conn_cnt", Counter.CONNECTIONS);
        COUNTERS.put("conn_rate", Counter.CONNECTION_RATE);
        COUNTERS.put("conn_cur", Counter.CONNECTIONS_NOW);
        COUNTERS.put("sess_cnt", Counter.SESSIONS);
        COUNTERS.put("sess_rate", Counter.SESSION_RATE);
        COUNTERS.put("http_req_cnt", Counter.REQUESTS);
        COUNTERS.put("http_req_rate", Counter.REQUEST_RATE);
        COUNTERS.put("http_err_cnt", Counter.CLIENT_ERRORS);
        COUNTERS.put("http_err_rate", Counter.CLIENT_ERROR_RATE);
        COUNTERS.put("bytes_in_cnt", Counter.BYTES_IN);
        COUNTERS.put("bytes_in_rate", Counter.BYTES_IN_RATE);
        COUNTERS.put("bytes_out_cnt", Counter.BYTES_OUT);
        COUNTERS.put("bytes_out_rate", Counter.BYTES_OUT_RATE);
        COUNTERS.put("gpc1", Counter.GENERAL_1);
        COUNTERS.put("gpc1_rate", Counter.GENERAL_1_RATE);
        COUNTERS.put("http_fail_cnt", Counter.SERVER_ERRORS);
        COUNTERS.put("http_fail_rate", Counter.SERVER_ERROR_RATE);
    }

    private final Steered steered;

    TableCommands(Steered steered) {
        this.steered = steered;
    }

    List<Command> rows() {
        return List.of(
                Command.of("show table <table> [<filter>]*", Level.USER, "tables, or what is in one", this::show),
                Command.of("clear table <table> [<filter>]*", Level.ADMIN, "forget entries of a table", this::clear),
                Command.of("set table <table> key <k> [data.* <v>]*", Level.ADMIN, "set an entry", this::set));
    }

    private Optional<Table> table(String name) {
        return steered.engine().tables().all().stream()
                .filter(table -> table.description().name().equals(name))
                .findFirst();
    }

    private String show(Command.Line line, Session session) {
        if (line.count() == 0) {
            StringBuilder all = new StringBuilder();
            steered.engine().tables().all().stream()
                    .sorted((a, b) ->
                            a.description().name().compareTo(b.description().name()))
                    .forEach(table -> all.append(head(table)));
            return all.toString();
        }
        return table(line.arg(0)).map(table -> show(table, line)).orElse(NO_TABLE);
    }

    private String show(Table table, Command.Line line) {
        if (line.arg(1).equals("key")) {
            String key = line.arg(2);
            Entry entry = table.find(key);
            return entry == null ? "" : head(table) + shown(table, key, entry);
        }
        return switch (Filter.read(line.from(1), table)) {
            case Filter.Reading.Refused(String message) -> message;
            case Filter.Reading.Read(Filter filter) -> {
                StringBuilder out = new StringBuilder(head(table));
                table.present().forEach((key, entry) -> {
                    if (filter.takes(table, entry)) {
                        out.append(shown(table, key, entry));
                    }
                });
                yield out.toString();
            }
        };
    }

    private static String head(Table table) {
        StickTable description = table.description();
        String type = switch (description.key()) {
            case IPV4 -> "ip";
            case IPV6 -> "ipv6";
            case NUMBER -> "integer";
            case TEXT -> "string";
            case BYTES -> "binary";
        };
        return "# table: " + description.name() + ", type: " + type + ", size:" + description.mostEntries() + ", used:"
                + table.size() + "\n";
    }

    private static String shown(Table table, String key, Entry entry) {
        long now = table.nowMillis();
        StringBuilder out = new StringBuilder("0x")
                .append(Integer.toHexString(System.identityHashCode(entry)))
                .append(": key=")
                .append(key)
                .append(" use=")
                .append(entry.trackers())
                .append(" exp=")
                .append(table.description().expire().isPresent() ? entry.leftMillis(now) : 0);
        COUNTERS.forEach((name, counter) -> {
            if (table.stores(counter)) {
                out.append(' ').append(name);
                period(table, counter)
                        .ifPresent(period ->
                                out.append('(').append(period.toMillis()).append(')'));
                out.append('=').append(entry.value(counter, now));
            }
        });
        if (!entry.server().isEmpty()) {
            out.append(" server_key=").append(entry.server());
        }
        return out.append('\n').toString();
    }

    private static Optional<Duration> period(Table table, Counter counter) {
        return table.description().stored().stream()
                .filter(stored ->
                        stored.counter() == counter && !stored.period().isZero())
                .map(StickTable.Stored::period)
                .findFirst();
    }

    private String clear(Command.Line line, Session session) {
        if (line.count() == 0) {
            return "Required arguments: <table> \"data.<store_data_type>\" <operator> <value> or <table> key <key>\n";
        }
        return table(line.arg(0)).map(table -> clear(table, line)).orElse(NO_TABLE);
    }

    private static String clear(Table table, Command.Line line) {
        if (line.arg(1).equals("key")) {
            return table.remove(line.arg(2)) ? "" : IN_USE;
        }
        return switch (Filter.read(line.from(1), table)) {
            case Filter.Reading.Refused(String message) -> message;
            case Filter.Reading.Read(Filter filter) -> {
                table.present().forEach((key, entry) -> {
                    if (filter.takes(table, entry)) {
                        table.remove(key);
                    }
                });
                yield "";
            }
        };
    }

    private String set(Command.Line line, Session session) {
        if (line.count() == 0) {
            return "Required arguments: <table> \"data.<store_data_type>\" <operator> <value> or <table> key <key>\n";
        }
        Optional<Table> table = table(line.arg(0));
        if (table.isEmpty()) {
            return NO_TABLE;
        }
        return line.arg(1).equals("key")
                ? set(table.get(), line)
                : "content-based lookup is only supported with the \"show\" and \"clear\" actions\n";
    }

    private static String set(Table table, Command.Line line) {
        Map<Counter, Long> values = new LinkedHashMap<>();
        for (int i = 3; i < line.count(); i += 2) {
            String name = line.arg(i);
            Counter counter = name.startsWith("data.") ? COUNTERS.get(name.substring("data.".length())) : null;
            if (!name.startsWith("data.")) {
                return "\"data.<type>\" followed by a value expected\n";
            }
            if (counter == null) {
                return NO_TYPE;
            }
            if (!table.stores(counter)) {
                return "Data type not stored in this table\n";
            }
            try {
                values.put(counter, Long.parseLong(line.arg(i + 1)));
            } catch (NumberFormatException none) {
                return "Require a valid integer value to store\n";
            }
        }
        Entry entry = table.use(line.arg(2));
        if (entry == null) {
            return "Unable to allocate a new entry\n";
        }
        values.forEach((counter, value) -> entry.set(counter, value, table.nowMillis()));
        return "";
    }

    /// Which entries are meant: `data.TYPE OPERATOR VALUE`, several of them all holding.
    private record Filter(Map<Counter, LongPredicate> tests) {
        boolean takes(Table table, Entry entry) {
            long now = table.nowMillis();
            return tests.entrySet().stream().allMatch(test -> test.getValue().test(entry.value(test.getKey(), now)));
        }

        /// What came of reading one.
        sealed interface Reading {
            record Read(Filter filter) implements Reading {}

            record Refused(String message) implements Reading {}
        }

        static Reading read(List<String> words, Table table) {
            Map<Counter, LongPredicate> tests = new LinkedHashMap<>();
            for (int i = 0; i < words.size(); i += 3) {
                String number = "Filter entry #" + (i / 3 + 1) + ": ";
                String name = words.get(i);
                Counter counter = name.startsWith("data.") ? COUNTERS.get(name.substring("data.".length())) : null;
                if (counter == null) {
                    return new Reading.Refused(
                            name.startsWith("data.")
                                    ? number + NO_TYPE
                                    : "Optional argument only supports \"data.<store_data_type>\" <operator> <value> or"
                                            + " key <key>\n");
                }
                if (!table.stores(counter)) {
                    return new Reading.Refused(number + "Data type not stored in this table\n");
                }
                List<String> rest = new ArrayList<>(words.subList(i + 1, Math.min(words.size(), i + 3)));
                Optional<LongPredicate> test = rest.isEmpty() ? Optional.empty() : test(rest);
                if (test.isEmpty()) {
                    return new Reading.Refused(
                            number + "Require and operator among \"eq\", \"ne\", \"le\", \"ge\", \"lt\", \"gt\"\n");
                }
                tests.put(counter, test.get());
            }
            return new Reading.Read(new Filter(tests));
        }

        private static Optional<LongPredicate> test(List<String> words) {
            if (words.size() < 2 || !words.get(1).matches("-?\\d{1,18}")) {
                return Optional.empty();
            }
            long wanted = Long.parseLong(words.get(1));
            return switch (words.getFirst()) {
                case "eq" -> Optional.of(value -> value == wanted);
                case "ne" -> Optional.of(value -> value != wanted);
                case "le" -> Optional.of(value -> value <= wanted);
                case "ge" -> Optional.of(value -> value >= wanted);
                case "lt" -> Optional.of(value -> value < wanted);
                case "gt" -> Optional.of(value -> value > wanted);
                default -> Optional.empty();
            };
        }
    }
}
