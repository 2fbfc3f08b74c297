package dev.fairlead.engine.upstream.balance;

import dev.fairlead.engine.compile.CompileContext;
import dev.fairlead.engine.compile.Text;
import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.stick.Entry;
import dev.fairlead.engine.stick.Table;
import dev.fairlead.engine.stick.Tables;
import dev.fairlead.engine.text.Check;
import dev.fairlead.engine.text.TableKeys;
import dev.fairlead.engine.text.Texts;
import dev.fairlead.engine.upstream.server.Member;
import dev.fairlead.engine.upstream.server.ServerGroup;
import dev.fairlead.model.upstream.Persistence;
import dev.fairlead.model.upstream.Persistence.Moment;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A table that remembers the server of a key.
///
/// @param when null for always
record TableBond(Table table, Text key, @Nullable Check when, Set<Moment> moments) implements Bonds.Bond {
    static TableBond compile(Persistence.Remembered remembered, CompileContext context) {
        Table table = context.shared().part(Tables.class, Tables::new).table(remembered.table(), context.clock());
        Check when = remembered
                .when()
                .map(condition -> Check.compile(condition, Texts.of(context)))
                .orElse(null);
        return new TableBond(table, context.text(remembered.key()), when, EnumSet.copyOf(remembered.moments()));
    }

    /// Null if there is none.
    private @Nullable String key(Exchange exchange) {
        Check condition = when;
        if (condition != null && !condition.holds(exchange)) {
            return null;
        }
        String text = key.of(exchange);
        return text.isEmpty() ? null : TableKeys.of(table.description(), text);
    }

    @Override
    public boolean recall(Exchange exchange, ServerGroup group, Recollection into) {
        if (moments.contains(Moment.ANSWER) || awaitsWords()) {
            return false;
        }
        String text = key(exchange);
        if (text != null && into.server() == null && moments.contains(Moment.LOOK_UP)) {
            lookUp(text, group, into);
        }
        return text != null && moments.contains(Moment.REQUEST);
    }

    private void lookUp(String text, ServerGroup group, Recollection into) {
        Entry entry = table.find(text);
        String name = entry == null ? "" : entry.server();
        if (name.isEmpty()) {
            return;
        }
        for (Member member : group.members()) {
            if (member.isNamed(name) && into.mayBind(member)) {
                into.bind(member);
                return;
            }
        }
    }

    @Override
    public boolean answered(Exchange exchange, Member server, Recollection recollection, boolean isTelling) {
        boolean isOfAnswer = moments.contains(Moment.ANSWER);
        if ((!isTelling && !isOfAnswer) || server.traits().forgotten()) {
            return false;
        }
        return tell(exchange, server) && isOfAnswer;
    }

    private boolean tell(Exchange exchange, Member server) {
        String text = key(exchange);
        Entry entry = text == null ? null : table.use(text);
        if (entry != null) {
            entry.server(server.name());
        }
        return text != null;
    }

    @Override
    public boolean awaitsWords() {
        return moments.contains(Moment.WORDS);
    }

    @Override
    public boolean spoke(Exchange exchange, Member server) {
        return awaitsWords() && !server.traits().forgotten() && tell(exchange, server);
    }

    @Override
    public boolean competesWith(Bonds.Bond other) {
        return other instanceof TableBond bond
                && bond.table == table
                && bond.awaitsWords() == awaitsWords()
                && bond.moments.contains(Moment.ANSWER) == moments.contains(Moment.ANSWER);
    }
}
