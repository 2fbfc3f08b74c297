package dev.fairlead.dialect.haproxy.build.workshop;

import dev.fairlead.dialect.haproxy.scope.Entry;
import dev.fairlead.dialect.haproxy.scope.Proxy;
import dev.fairlead.dialect.haproxy.syntax.Word;
import dev.fairlead.dialect.haproxy.value.Delays;
import dev.fairlead.dialect.haproxy.value.Figures;
import dev.fairlead.dialect.haproxy.value.TableCounters;
import dev.fairlead.model.text.StickTable;
import dev.fairlead.model.text.StickTable.Stored;
import dev.fairlead.source.Problems;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The tables of the proxies: `stick-table type ip size 100k expire 30s store http_req_rate(10s)`. A proxy's
/// table has its name.
public final class StickTables {
    private static final int USUAL_LENGTH = 32;

    private final Map<String, StickTable> tables = new HashMap<>();
    private final Problems problems;

    StickTables(List<Proxy> proxies, Problems problems) {
        this.problems = problems;
        for (Proxy proxy : proxies) {
            proxy.last("stick-table").ifPresent(entry -> tables.put(proxy.name(), table(proxy.name(), entry)));
        }
    }

    public Optional<StickTable> named(String proxy) {
        return Optional.ofNullable(tables.get(proxy));
    }

    private StickTable table(String name, Entry entry) {
        StickTable.Key key = StickTable.Key.TEXT;
        int length = USUAL_LENGTH;
        long size = 0;
        boolean purges = true;
        Optional<Duration> expire = Optional.empty();
        List<Stored> stored = new ArrayList<>();
        List<Word> words = entry.args();
        int next = 0;
        while (next < words.size()) {
            Word word = words.get(next++);
            boolean isAlone = word.is("nopurge") || word.is("recv-only");
            if (!isAlone && next == words.size()) {
                problem(word, "'stick-table' : missing value behind '" + word.text() + "'");
                break;
            }
            Word value = isAlone ? word : words.get(next++);
            switch (word.text()) {
                case "type" -> key = key(value);
                case "len" -> length = Figures.between(value.text(), 1, 1 << 20).orElseGet(() -> bad(word, value));
                case "size" -> size = Figures.size(value.text()).orElseGet(() -> (long) bad(word, value));
                case "expire" -> expire = delay(value, "expire");
                case "nopurge" -> purges = false;
                case "store" -> stored.addAll(stored(value));
                case "peers", "write-to", "srvkey", "recv-only" ->
                    problems.warning(
                            "haproxy.without-effect",
                            word.span(),
                            "'" + word.text()
                                    + "' of 'stick-table' has no effect: tables are kept in this process only");
                default -> problem(word, "'stick-table' : unknown argument '" + word.text() + "'");
            }
        }
        if (size == 0) {
            problem(entry.keyword(), "'stick-table' : missing 'size'");
        }
        return new StickTable(name, key, length, Math.max(1, size), purges, expire, stored, entry.origin());
    }

    private StickTable.Key key(Word word) {
        return switch (word.text()) {
            case "ip" -> StickTable.Key.IPV4;
            case "ipv6" -> StickTable.Key.IPV6;
            case "integer" -> StickTable.Key.NUMBER;
            case "string" -> StickTable.Key.TEXT;
            case "binary" -> StickTable.Key.BYTES;
            default -> {
                problem(word, "'stick-table' : unknown type '" + word.text() + "'");
                yield StickTable.Key.TEXT;
            }
        };
    }

    /// `gpc0,http_req_rate(10s)`
    private List<Stored> stored(Word word) {
        List<Stored> stored = new ArrayList<>();
        for (String each : word.text().split(",(?![^(]*\\))", -1)) {
            int open = each.indexOf('(');
            String name = open < 0 ? each : each.substring(0, open);
            String inside = open < 0 ? "" : each.substring(open + 1, Math.max(open + 1, each.length() - 1));
            stored.addAll(stored(name, inside, word));
        }
        return stored;
    }

    /// `server_id` is no counter: what sticks to a server says so itself.
    private List<Stored> stored(String name, String inside, Word word) {
        String period = inside.substring(inside.indexOf(',') + 1);
        boolean isRate = name.endsWith("_rate");
        Duration time = isRate ? delay(new Word(period, word.span()), name).orElse(Duration.ZERO) : Duration.ZERO;
        boolean isArray = name.equals("gpc") || name.equals("gpc_rate") || name.equals("gpt");
        if (isArray) {
            int count = Figures.between(
                            inside.split(",", 2)[0], 1, TableCounters.of(name).size())
                    .orElse(0);
            if (count == 0) {
                problem(
                        word,
                        "'stick-table' : of '" + name + "' there are at most "
                                + TableCounters.of(name).size() + " here");
            }
            return TableCounters.of(name).subList(0, count).stream()
                    .map(counter -> new Stored(counter, time))
                    .toList();
        }
        if (TableCounters.of(name).isEmpty() && !name.equals("server_id")) {
            problem(word, "'stick-table' : cannot store '" + name + "'");
        }
        return TableCounters.of(name).stream()
                .map(counter -> new Stored(counter, time))
                .toList();
    }

    private Optional<Duration> delay(Word word, String what) {
        return switch (Delays.read(word.text(), what, ChronoUnit.MILLIS)) {
            case Delays.Result.Read(Duration delay) -> Optional.of(delay);
            case Delays.Result.Cut cut -> {
                problems.warning("haproxy.time", word.span(), cut.message(word.text()), cut.hint());
                yield Optional.of(cut.delay());
            }
            case Delays.Result.Refused(String message) -> {
                problem(word, message);
                yield Optional.empty();
            }
        };
    }

    private int bad(Word word, Word value) {
        problem(value, "'stick-table' : '" + word.text() + "' expects a number, not '" + value.text() + "'");
        return 1;
    }

    private void problem(Word word, String message) {
        problems.error("haproxy.stick-table", word.span(), message);
    }
}
