package dev.fairlead.dialect.haproxy.sample;

import dev.fairlead.dialect.haproxy.value.Figures;
import dev.fairlead.dialect.haproxy.value.TableCounters;
import dev.fairlead.model.text.Attribute;
import dev.fairlead.model.text.Change;
import dev.fairlead.model.text.Condition;
import dev.fairlead.model.text.Conversion;
import dev.fairlead.model.text.Counter;
import dev.fairlead.model.text.CounterPlace;
import dev.fairlead.model.text.StickTable;
import dev.fairlead.model.text.Template;
import dev.fairlead.model.text.Variable;
import dev.fairlead.source.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What stick tables count: of what is tracked (`sc0_http_req_rate`, `sc_http_req_rate(0)`), of the client's
/// address (`src_http_req_rate`), of any key (`…,table_http_req_rate(NAME)`).
final class TableFetches {
    private static final String ONE = "1";
    private static final int KIBI = 1024;

    private TableFetches() {}

    /// How a family of fetches finds its entry.
    ///
    /// @param prefix of the names
    /// @param own how many arguments of its own it takes, in front of the table's name
    private record Family(String prefix, int own, Finder finder) {}

    @FunctionalInterface
    private interface Finder {
        /// @param from the first of the family's arguments
        CounterPlace find(Call call, int from, Surroundings around);
    }

    static List<Fetch> rows() {
        List<Fetch> rows = new ArrayList<>();
        for (Family family : families()) {
            counters(rows, family);
            general(rows, family);
        }
        for (Family family : families().subList(0, 4)) {
            rows.add(row(
                    family,
                    "trackers",
                    0,
                    "how many track the entry",
                    (call, place) -> number(place, Counter.TRACKERS)));
            rows.add(row(
                    family,
                    "tracked",
                    0,
                    "whether an entry is tracked",
                    (call, place) ->
                            Sample.of(new Condition.Present(new Variable.TableNumber(place, Counter.TRACKERS)))));
        }
        rows.add(new Fetch("table_cnt", 0, 1, "entries of a table", (call, around) -> entries(call, around, false)));
        rows.add(new Fetch("table_avl", 0, 1, "room in a table", (call, around) -> entries(call, around, true)));
        return rows;
    }

    private static List<Family> families() {
        return List.of(
                new Family("sc0_", 0, (call, from, around) -> tracked(0, call, from, around)),
                new Family("sc1_", 0, (call, from, around) -> tracked(1, call, from, around)),
                new Family("sc2_", 0, (call, from, around) -> tracked(2, call, from, around)),
                new Family("sc_", 1, (call, from, around) -> tracked(slot(call.arg(from)), call, from + 1, around)),
                new Family(
                        "src_",
                        0,
                        (call, from, around) -> new CounterPlace.Entry(
                                table(call, from, around),
                                Template.of(new Variable.Builtin(Attribute.CLIENT_ADDRESS), call.origin()))));
    }

    static int slot(String text) {
        return Figures.between(text, 0, 31)
                .orElseThrow(() -> new IllegalArgumentException("'" + text + "' is no number of a tracked counter"));
    }

    private static CounterPlace tracked(int slot, Call call, int from, Surroundings around) {
        return call.has(from)
                ? new CounterPlace.TrackedIn(slot, table(call, from, around))
                : new CounterPlace.Tracked(slot);
    }

    private static StickTable table(Call call, int index, Surroundings around) {
        return around.table(call.arg(index))
                .orElseThrow(() -> new IllegalArgumentException(
                        call.has(index)
                                ? "no such stick-table '" + call.arg(index) + "'"
                                : "'" + call.name() + "' needs a stick-table in its proxy, or the name of one"));
    }

    private static void counters(List<Fetch> rows, Family family) {
        for (String name : TableCounters.names()) {
            boolean isCounted =
                    !name.startsWith("gp") && !name.startsWith("bytes_in_c") && !name.startsWith("bytes_out_c");
            if (isCounted || name.equals("gpc0_rate") || name.equals("gpc1_rate")) {
                Counter counter = TableCounters.of(name).getFirst();
                rows.add(row(family, name, 0, "`" + name + "` of the entry", (call, place) -> number(place, counter)));
            }
        }
        rows.add(row(family, "kbytes_in", 0, "KiB from clients", (call, place) -> kibi(place, Counter.BYTES_IN, call)));
        rows.add(row(family, "kbytes_out", 0, "KiB to clients", (call, place) -> kibi(place, Counter.BYTES_OUT, call)));
    }

    private static void general(List<Fetch> rows, Family family) {
        for (String name : List.of("gpc0", "gpc1", "gpt0")) {
            Counter counter = TableCounters.of(name).getFirst();
            rows.add(row(
                    family, "get_" + name, 0, "`" + name + "` of the entry", (call, place) -> number(place, counter)));
            if (!name.equals("gpt0")) {
                rows.add(row(
                        family,
                        "inc_" + name,
                        0,
                        "`" + name + "` after adding 1",
                        (call, place) -> changed(place, counter, new Change.Increase(constant(ONE, call.origin())))));
                rows.add(row(
                        family,
                        "clr_" + name,
                        0,
                        "`" + name + "` before it is cleared",
                        (call, place) -> changed(place, counter, new Change.SetTo(constant("0", call.origin())))));
            }
        }
        rows.add(row(
                family,
                "get_gpc",
                1,
                "a general counter",
                (call, place) -> number(place, TableCounters.at("gpc", call.arg(0)))));
        rows.add(row(
                family,
                "gpc_rate",
                1,
                "rate of a general counter",
                (call, place) -> number(place, TableCounters.at("gpc_rate", call.arg(0)))));
        rows.add(row(
                family, "get_gpt", 1, "a tag", (call, place) -> number(place, TableCounters.at("gpt", call.arg(0)))));
        rows.add(row(
                family,
                "inc_gpc",
                1,
                "a general counter after adding 1",
                (call, place) -> changed(
                        place,
                        TableCounters.at("gpc", call.arg(0)),
                        new Change.Increase(constant(ONE, call.origin())))));
        rows.add(row(
                family,
                "clr_gpc",
                1,
                "a general counter before it is cleared",
                (call, place) -> changed(
                        place, TableCounters.at("gpc", call.arg(0)), new Change.SetTo(constant("0", call.origin())))));
    }

    private interface Made {
        Sample of(Call call, CounterPlace place);
    }

    /// @param indices arguments in front of the family's own
    private static Fetch row(Family family, String name, int indices, String doc, Made made) {
        int least = indices + family.own();
        return new Fetch(
                family.prefix() + name,
                least,
                least + 1,
                doc,
                (call, around) -> made.of(call, family.finder().find(call, indices, around)));
    }

    private static Sample number(CounterPlace place, Counter counter) {
        return Sample.of(new Variable.TableNumber(place, counter), Kind.NUMBER);
    }

    private static Sample changed(CounterPlace place, Counter counter, Change change) {
        return Sample.of(new Variable.TableNumberAfter(place, counter, change), Kind.NUMBER);
    }

    private static Sample kibi(CounterPlace place, Counter counter, Call call) {
        Conversion divided =
                new Conversion.Computed(Conversion.Operator.DIVIDE, constant(Integer.toString(KIBI), call.origin()));
        return Sample.of(new Variable.Converted(new Variable.TableNumber(place, counter), divided), Kind.NUMBER);
    }

    private static Sample entries(Call call, Surroundings around, boolean free) {
        return Sample.of(new Variable.TableEntries(table(call, 0, around), free), Kind.NUMBER);
    }

    private static Template constant(String text, Span origin) {
        return Template.constant(text, origin);
    }

    /// The converters `table_…(NAME)` and `in_table(NAME)`.
    static List<Converter> converters() {
        List<Converter> rows = new ArrayList<>();
        rows.add(new Converter(
                "in_table",
                1,
                1,
                Optional.of(Kind.BOOLEAN),
                "whether a table has such a key",
                (call, around) -> new Conversion.InTable(table(call, 0, around))));
        for (String name : TableCounters.names()) {
            boolean isSingle = TableCounters.of(name).size() == 1
                    && !name.equals("gpt")
                    && !name.startsWith("bytes_in_c")
                    && !name.startsWith("bytes_out_c");
            if (isSingle) {
                Counter counter = TableCounters.of(name).getFirst();
                rows.add(converter(name, counter));
            }
        }
        rows.add(converter("trackers", Counter.TRACKERS));
        return rows;
    }

    private static Converter converter(String name, Counter counter) {
        return new Converter(
                "table_" + name,
                1,
                1,
                Optional.of(Kind.NUMBER),
                "`" + name + "` of a key in a table",
                (call, around) -> new Conversion.TableCounter(table(call, 0, around), counter));
    }
}
