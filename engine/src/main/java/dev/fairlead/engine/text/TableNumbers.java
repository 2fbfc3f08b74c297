package dev.fairlead.engine.text;

import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.match.NumberSet;
import dev.fairlead.engine.stick.Entry;
import dev.fairlead.engine.stick.Table;
import dev.fairlead.engine.stick.Tracks;
import dev.fairlead.engine.text.value.Value;
import dev.fairlead.model.text.Attribute;
import dev.fairlead.model.text.Change;
import dev.fairlead.model.text.Counter;
import dev.fairlead.model.text.CounterPlace;
import dev.fairlead.model.text.StickTable;
import dev.fairlead.model.text.Template;
import dev.fairlead.model.text.Variable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Numbers of stick tables, and changes of them.
public final class TableNumbers {
    private TableNumbers() {}

    /// A number of a request.
    @FunctionalInterface
    interface Count {
        /// @return [NumberSet#NO_NUMBER] if there is none
        long find(Exchange exchange);
    }

    /// Where entries are.
    private interface Place {
        /// [NumberSet#NO_NUMBER] where nothing is tracked, there is no key, or no such counter; 0 where there
        /// is no entry of the key.
        long read(Exchange exchange, Counter counter);

        /// The entry to be changed, a new one if there is none. Null where there is no key, or no room.
        @Nullable
        Entry use(Exchange exchange);

        long nowMillis(Exchange exchange);
    }

    static Count number(Variable.TableNumber number, Texts texts) {
        Place place = place(number.place(), texts);
        Counter counter = number.counter();
        return exchange -> place.read(exchange, counter);
    }

    static Count numberAfter(Variable.TableNumberAfter number, Texts texts) {
        Place place = place(number.place(), texts);
        Counter counter = number.counter();
        Changing changing = changing(number.change(), texts);
        boolean showsOld = number.change() instanceof Change.SetTo;
        return exchange -> {
            Entry entry = place.use(exchange);
            if (entry == null) {
                return NumberSet.NO_NUMBER;
            }
            long now = place.nowMillis(exchange);
            long before = entry.value(counter, now);
            changing.apply(entry, counter, now, exchange);
            return showsOld ? before : entry.value(counter, now);
        };
    }

    /// Changes a counter where there is one.
    public interface Counting {
        void apply(Exchange exchange);
    }

    public static Counting counting(CounterPlace where, Counter counter, Change change, Texts texts) {
        Place place = place(where, texts);
        Changing changing = changing(change, texts);
        return exchange -> {
            Entry entry = place.use(exchange);
            if (entry != null) {
                changing.apply(entry, counter, place.nowMillis(exchange), exchange);
            }
        };
    }

    @FunctionalInterface
    private interface Changing {
        void apply(Entry entry, Counter counter, long now, Exchange exchange);
    }

    private static Changing changing(Change change, Texts texts) {
        return switch (change) {
            case Change.Increase(Template amount) -> {
                Value value = texts.operand(amount);
                yield (entry, counter, now, exchange) -> {
                    long number = number(value, exchange);
                    if (number != NumberSet.NO_NUMBER) {
                        entry.add(counter, number, now);
                    }
                };
            }
            case Change.SetTo(Template number) -> {
                Value value = texts.operand(number);
                yield (entry, counter, now, exchange) -> {
                    long found = number(value, exchange);
                    if (found != NumberSet.NO_NUMBER) {
                        entry.set(counter, found, now);
                    }
                };
            }
        };
    }

    private static long number(Value value, Exchange exchange) {
        String text = value.find(exchange);
        return text == null ? NumberSet.NO_NUMBER : NumberSet.leading(text);
    }

    private static Place place(CounterPlace place, Texts texts) {
        return switch (place) {
            case CounterPlace.Tracked(int slot) -> new InSlot(slot);
            case CounterPlace.TrackedIn(int slot, StickTable table) ->
                new ByKey(texts.table(table), exchange -> Tracks.key(exchange, slot));
            case CounterPlace.Entry(StickTable table, Template key) ->
                new ByKey(texts.table(table), key(table, key, texts));
        };
    }

    /// The key that a template is in a table.
    public static Value key(StickTable table, Template key, Texts texts) {
        boolean isClient = key.parts()
                .equals(List.of(new Template.Part.Reference(new Variable.Builtin(Attribute.CLIENT_ADDRESS))));
        if (isClient && (table.key() == StickTable.Key.IPV4 || table.key() == StickTable.Key.IPV6)) {
            return exchange -> TableKeys.of(table, exchange.client());
        }
        Value value = texts.operand(key);
        return exchange -> {
            String text = value.find(exchange);
            return text == null ? null : TableKeys.of(table, text);
        };
    }

    static Value tableCounter(Value of, StickTable description, Counter counter, Texts texts) {
        Table table = texts.table(description);
        return exchange -> {
            String text = of.find(exchange);
            String key = text == null ? null : TableKeys.of(description, text);
            if (key == null || !table.stores(counter)) {
                return null;
            }
            Entry entry = table.find(key);
            return entry == null ? "0" : Long.toString(entry.value(counter, table.nowMillis()));
        };
    }

    static Value inTable(Value of, StickTable description, Texts texts) {
        Table table = texts.table(description);
        return exchange -> {
            String text = of.find(exchange);
            String key = text == null ? null : TableKeys.of(description, text);
            return key == null ? null : table.find(key) == null ? "0" : "1";
        };
    }

    static Value entries(Variable.TableEntries entries, Texts texts) {
        Table table = texts.table(entries.table());
        long most = entries.table().mostEntries();
        return exchange -> Long.toString(entries.free() ? Math.max(0, most - table.size()) : table.size());
    }

    private record InSlot(int slot) implements Place {
        @Override
        public long read(Exchange exchange, Counter counter) {
            Entry entry = Tracks.entry(exchange, slot);
            return entry == null ? NumberSet.NO_NUMBER : entry.value(counter, nowMillis(exchange));
        }

        @Override
        public @Nullable Entry use(Exchange exchange) {
            return Tracks.entry(exchange, slot);
        }

        @Override
        public long nowMillis(Exchange exchange) {
            return Tracks.nowMillis(exchange, slot);
        }
    }

    private record ByKey(Table table, Value key) implements Place {
        @Override
        public long read(Exchange exchange, Counter counter) {
            String text = table.stores(counter) ? key.find(exchange) : null;
            if (text == null) {
                return NumberSet.NO_NUMBER;
            }
            Entry entry = table.find(text);
            return entry == null ? 0 : entry.value(counter, nowMillis(exchange));
        }

        @Override
        public @Nullable Entry use(Exchange exchange) {
            String text = key.find(exchange);
            return text == null ? null : table.use(text);
        }

        @Override
        public long nowMillis(Exchange exchange) {
            return table.nowMillis();
        }
    }
}
