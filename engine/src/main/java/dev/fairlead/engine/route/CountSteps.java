package dev.fairlead.engine.route;

import dev.fairlead.engine.compile.CompileContext;
import dev.fairlead.engine.stick.Table;
import dev.fairlead.engine.stick.Tables;
import dev.fairlead.engine.stick.Tracks;
import dev.fairlead.engine.text.ListChanges;
import dev.fairlead.engine.text.TableNumbers;
import dev.fairlead.engine.text.Texts;
import dev.fairlead.engine.text.value.Value;
import dev.fairlead.model.http.Rule;

/// Steps that remember something of a request for those that come: in stick tables, in lists.
final class CountSteps {
    private CountSteps() {}

    static Rules.Step track(Rule.Track track, CompileContext context) {
        Table table = context.shared().part(Tables.class, Tables::new).table(track.table(), context.clock());
        Value key = TableNumbers.key(track.table(), track.key(), Texts.of(context));
        boolean ofConnection = track.scope() == Rule.Track.Scope.CONNECTION;
        return exchange -> {
            String found = key.find(exchange);
            if (found != null) {
                Tracks.of(exchange).start(track.slot(), table, found, ofConnection);
            }
            return Rules.Outcome.NEXT;
        };
    }

    static Rules.Step changeList(Rule.ChangeList rule, CompileContext context) {
        ListChanges change = ListChanges.compile(rule.change(), Texts.of(context));
        return exchange -> {
            change.apply(exchange);
            return Rules.Outcome.NEXT;
        };
    }

    static Rules.Step count(Rule.Count count, CompileContext context) {
        TableNumbers.Counting counting =
                TableNumbers.counting(count.place(), count.counter(), count.change(), Texts.of(context));
        return exchange -> {
            counting.apply(exchange);
            return Rules.Outcome.NEXT;
        };
    }
}
