package dev.fairlead.dialect.haproxy.build.rule;

import dev.fairlead.dialect.haproxy.build.workshop.Formats;
import dev.fairlead.dialect.haproxy.scope.Entry;
import dev.fairlead.dialect.haproxy.syntax.Word;
import dev.fairlead.dialect.haproxy.value.Figures;
import dev.fairlead.dialect.haproxy.value.TableCounters;
import dev.fairlead.model.http.ResponseRule;
import dev.fairlead.model.http.Rule;
import dev.fairlead.model.text.Change;
import dev.fairlead.model.text.Counter;
import dev.fairlead.model.text.CounterPlace;
import dev.fairlead.model.text.StickTable;
import dev.fairlead.model.text.Template;
import dev.fairlead.source.Span;
import java.util.List;
import java.util.Optional;

/// The actions that count in stick tables: `track-sc0 KEY [table NAME]`, `sc-inc-gpc0(0)`, `sc-set-gpt0(0) 5`, ….
final class Tracking {
    private static final String TRACK = "track-sc";
    private static final int SLOTS = 32;

    private final Formats formats;

    Tracking(Formats formats) {
        this.formats = formats;
    }

    static boolean isTracking(String action) {
        return action.startsWith(TRACK);
    }

    static boolean isCounting(String action) {
        return action.startsWith("sc-");
    }

    /// @param action `track-sc0` to `track-sc2`
    /// @param keyword the word it was written as
    /// @param words the key, and the table if it is another than the proxy's own
    Optional<Rule.Track> track(String action, Word keyword, List<Word> words, Rule.Track.Scope scope, Span at) {
        Optional<Integer> slot = Figures.between(action.substring(TRACK.length()), 0, SLOTS - 1);
        boolean hasTable = words.size() == 3 && words.get(1).is("table");
        if (slot.isEmpty() || (words.size() != 1 && !hasTable)) {
            formats.problem(keyword, "'" + action + "' expects a key, and perhaps 'table' and a name");
            return Optional.empty();
        }
        String name = hasTable ? words.get(2).text() : "";
        Optional<StickTable> table = formats.scene().table(name);
        if (table.isEmpty()) {
            formats.problem(
                    hasTable ? words.get(2) : keyword,
                    hasTable
                            ? "unable to find stick-table '" + name + "'"
                            : "'" + action + "' needs a stick-table in its proxy, or 'table' and the name of one");
            return Optional.empty();
        }
        Template key = formats.expression(words.getFirst());
        return Optional.of(new Rule.Track(slot.get(), table.get(), key, scope, at));
    }

    /// The same for a response's rules.
    Optional<ResponseRule> trackAnswer(String action, Word keyword, List<Word> words, Span at) {
        return track(action, keyword, words, Rule.Track.Scope.REQUEST, at)
                .map(track -> new ResponseRule.Track(track.slot(), track.table(), track.key(), at));
    }

    List<Rule> count(String action, Word keyword, List<Word> words, Span at) {
        return counted(action, keyword, words, at)
                .<List<Rule>>map(found -> List.of(new Rule.Count(found.place(), found.counter(), found.change(), at)))
                .orElseGet(List::of);
    }

    List<ResponseRule> countAnswer(String action, Entry entry, List<Word> words) {
        return counted(action, entry.keyword(), words, entry.origin())
                .<List<ResponseRule>>map(found ->
                        List.of(new ResponseRule.Count(found.place(), found.counter(), found.change(), entry.origin())))
                .orElseGet(List::of);
    }

    private record Counted(CounterPlace place, Counter counter, Change change) {}

    private Optional<Counted> counted(String action, Word keyword, List<Word> words, Span at) {
        String text = keyword.text();
        int open = text.indexOf('(');
        String[] args = open < 0 || !text.endsWith(")")
                ? new String[0]
                : text.substring(open + 1, text.length() - 1).split(",", -1);
        String kind = action.substring(action.lastIndexOf('-') + 1);
        boolean isArray = kind.equals("gpc") || kind.equals("gpt");
        try {
            if (args.length != (isArray ? 2 : 1)) {
                throw new IllegalArgumentException("'" + action + "' expects "
                        + (isArray ? "(index,counters)" : "(counters)") + " behind its name");
            }
            Counter counter = isArray
                    ? TableCounters.at(kind, args[0])
                    : TableCounters.of(kind).getFirst();
            int slot = Figures.between(args[args.length - 1], 0, SLOTS - 1)
                    .orElseThrow(() -> new IllegalArgumentException(
                            "'" + args[args.length - 1] + "' is no number of a tracked counter"));
            return Optional.of(new Counted(new CounterPlace.Tracked(slot), counter, change(action, words, at)));
        } catch (IllegalArgumentException bad) {
            formats.problem(keyword, String.valueOf(bad.getMessage()));
            return Optional.empty();
        }
    }

    private Change change(String action, List<Word> words, Span at) {
        if (action.startsWith("sc-inc")) {
            return new Change.Increase(Template.constant("1", at));
        }
        if (words.isEmpty()) {
            throw new IllegalArgumentException("'" + action + "' expects a number or an expression");
        }
        Word value = words.getFirst();
        Template number = Figures.whole(value.text()).isPresent()
                ? Template.constant(value.text(), value.span())
                : formats.expression(value);
        return action.startsWith("sc-add") ? new Change.Increase(number) : new Change.SetTo(number);
    }
}
