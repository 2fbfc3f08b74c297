package dev.fairlead.engine.stream;

import dev.fairlead.engine.compile.CompileContext;
import dev.fairlead.engine.compile.Text;
import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.stick.Table;
import dev.fairlead.engine.stick.Tables;
import dev.fairlead.engine.stick.Tracks;
import dev.fairlead.engine.text.Check;
import dev.fairlead.engine.text.ListChanges;
import dev.fairlead.engine.text.Setter;
import dev.fairlead.engine.text.TableNumbers;
import dev.fairlead.engine.text.Texts;
import dev.fairlead.engine.text.value.Value;
import dev.fairlead.model.http.Rule;
import java.util.List;

/// What a rule remembers of a connection.
@FunctionalInterface
interface Note {
    void make(Exchange exchange);

    static Note compile(Rule rule, CompileContext context) {
        Texts texts = Texts.of(context);
        if (rule instanceof Rule.When(var condition, List<Rule> then, var enter, var origin)) {
            Check check = Check.compile(condition, texts);
            List<Note> notes = then.stream().map(each -> compile(each, context)).toList();
            return exchange -> {
                if (check.holds(exchange)) {
                    notes.forEach(note -> note.make(exchange));
                }
            };
        }
        if (rule instanceof Rule.Track track) {
            return track(track, context);
        }
        if (rule instanceof Rule.Count count) {
            return TableNumbers.counting(count.place(), count.counter(), count.change(), texts)::apply;
        }
        if (rule instanceof Rule.Assign assign) {
            Setter setter = Setter.of(assign.target(), texts, assign.origin());
            Text value = context.text(assign.value());
            return exchange -> setter.set(exchange, value.of(exchange));
        }
        if (rule instanceof Rule.Clear clear) {
            Setter setter = Setter.of(clear.target(), texts, clear.origin());
            return exchange -> setter.set(exchange, null);
        }
        if (rule instanceof Rule.ChangeList list) {
            return ListChanges.compile(list.change(), texts)::apply;
        }
        context.problems().error("engine.rule", rule.origin(), "this is not done for connections");
        return exchange -> {};
    }

    private static Note track(Rule.Track track, CompileContext context) {
        Table table = context.shared().part(Tables.class, Tables::new).table(track.table(), context.clock());
        Value key = TableNumbers.key(track.table(), track.key(), Texts.of(context));
        return exchange -> {
            String found = key.find(exchange);
            if (found != null) {
                Tracks.of(exchange).startConnection(track.slot(), table, found);
            }
        };
    }
}
