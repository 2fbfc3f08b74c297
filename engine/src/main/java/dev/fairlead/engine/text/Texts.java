package dev.fairlead.engine.text;

import dev.fairlead.engine.access.KnownUsers;
import dev.fairlead.engine.compile.CompileContext;
import dev.fairlead.engine.compile.Shared;
import dev.fairlead.engine.compile.Text;
import dev.fairlead.engine.connection.Traffic;
import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.match.NumberSet;
import dev.fairlead.engine.stick.Table;
import dev.fairlead.engine.stick.Tables;
import dev.fairlead.engine.tally.Tallies;
import dev.fairlead.engine.tally.Tally;
import dev.fairlead.engine.text.value.Attributes;
import dev.fairlead.engine.text.value.FieldValues;
import dev.fairlead.engine.text.value.QueryArguments;
import dev.fairlead.engine.text.value.Value;
import dev.fairlead.model.text.Attribute;
import dev.fairlead.model.text.Condition;
import dev.fairlead.model.text.Conversion;
import dev.fairlead.model.text.LookupTable;
import dev.fairlead.model.text.StickTable;
import dev.fairlead.model.text.Template;
import dev.fairlead.model.text.TextMap;
import dev.fairlead.model.text.UserList;
import dev.fairlead.model.text.Variable;
import dev.fairlead.source.Problems;
import dev.fairlead.source.Span;
import dev.fairlead.time.Clock;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/// Compiles the templates of one plan. A template or lookup table that is used in many places is compiled once.
/// Used by one thread, while a generation is put together.
public final class Texts implements CompileContext.TextCompiler {
    private final IdentityHashMap<Template, Text> compiled = new IdentityHashMap<>();
    private final IdentityHashMap<LookupTable, Value> lookups = new IdentityHashMap<>();
    private final IdentityHashMap<TextMap, Maps> maps = new IdentityHashMap<>();
    private final IdentityHashMap<UserList, KnownUsers> users = new IdentityHashMap<>();
    private final Map<Attribute, Value> attributes;
    private final Problems problems;
    private final Clock clock;
    private final ProcessVariables processVariables;
    private final Tables tables;
    private final LiveNumbers liveNumbers;
    private final Shared shared;
    private int nextSlot;

    /// @param variableSlots the plan's own; values of lookup tables are kept behind them
    public Texts(int variableSlots, Problems problems, Shared shared, Clock clock) {
        this.problems = problems;
        this.nextSlot = variableSlots;
        this.clock = clock;
        this.shared = shared;
        this.tables = shared.part(Tables.class, Tables::new);
        this.liveNumbers = shared.part(LiveNumbers.class, LiveNumbers::new);
        this.processVariables = shared.part(ProcessVariables.class, ProcessVariables::new);
        this.attributes = Attributes.all(shared.part(Traffic.class, Traffic::new), clock);
    }

    /// The texts of the plan that is being compiled.
    ///
    /// @throws IllegalStateException if the context compiles texts in another way
    public static Texts of(CompileContext context) {
        if (context.texts() instanceof Texts texts) {
            return texts;
        }
        throw new IllegalStateException(
                "texts are compiled by " + context.texts().getClass());
    }

    Problems problems() {
        return problems;
    }

    LiveLists lists() {
        return shared.part(LiveLists.class, LiveLists::new);
    }

    Table table(StickTable description) {
        return tables.table(description, clock);
    }

    KnownUsers users(UserList list) {
        return users.computeIfAbsent(list, fresh -> new KnownUsers(fresh, shared, clock));
    }

    /// The users that conditions compiled so far ask for.
    public List<KnownUsers> users() {
        return List.copyOf(users.values());
    }

    Maps map(TextMap map) {
        return maps.computeIfAbsent(map, fresh -> new LiveMap(fresh, problems, lists()));
    }

    LiveNumbers liveNumbers() {
        return liveNumbers;
    }

    ProcessVariables.Cell processVariable(String name) {
        return processVariables.cell(name);
    }

    @Override
    public Text compile(Template template) {
        Text known = compiled.get(template);
        if (known == null) {
            known = compileNew(template);
            compiled.put(template, known);
        }
        return known;
    }

    private Text compileNew(Template template) {
        if (template.isConstant()) {
            return new Constant(Text.bytes(template.constantText()));
        }
        Text[] parts = template.parts().stream()
                .map(part -> part(part, template.origin()))
                .toArray(Text[]::new);
        return parts.length == 1 ? parts[0] : new Joined(parts);
    }

    private Text part(Template.Part part, Span origin) {
        return switch (part) {
            case Template.Part.Literal literal -> new Constant(Text.bytes(literal.text()));
            case Template.Part.Reference reference -> new Single(value(reference.variable(), origin));
        };
    }

    /// A template that has no value where its only variable has none.
    Value operand(Template template) {
        boolean isSingle = template.parts().size() == 1;
        if (isSingle && template.parts().getFirst() instanceof Template.Part.Reference(Variable variable)) {
            return value(variable, template.origin());
        }
        return compile(template)::of;
    }

    /// Compiles a variable. Logs use this, because they tell a missing value from an empty one.
    ///
    /// @param origin where it is used, for problems
    public Value value(Variable variable, Span origin) {
        return switch (variable) {
            case Variable.Builtin builtin -> attribute(builtin.attribute());
            case Variable.RequestHeader header -> FieldValues.request(header.name());
            case Variable.ResponseHeader header -> FieldValues.response(header.name(), clock);
            case Variable.ResponseTrailer trailer -> exchange -> null;
            case Variable.UpstreamHeader header -> FieldValues.upstream(header.name());
            case Variable.UpstreamTrailer trailer -> exchange -> null;
            case Variable.UpstreamCookie cookie -> FieldValues.upstreamCookie(Text.bytes(cookie.name()));
            case Variable.Cookie cookie -> FieldValues.cookie(Text.bytes(cookie.name()));
            case Variable.QueryArgument argument -> QueryArguments.value(Text.bytes(argument.name()));
            case Variable.Capture capture -> exchange -> exchange.values().group(capture.group());
            case Variable.Custom custom -> custom(custom.slot());
            case Variable.Lookup lookup -> lookup(lookup.table());
            case Variable.FieldMember member -> FieldParts.member(member, clock);
            case Variable.FieldLine line -> FieldParts.line(line, clock);
            case Variable.FieldCount count -> FieldParts.count(count);
            case Variable.FieldNames names -> FieldParts.names(names);
            case Variable.FieldText text -> FieldTexts.of(text, clock);
            case Variable.OfConnection(String name, int slot) ->
                exchange -> exchange.values().kept(slot);
            case Variable.OfProcess(String name) -> {
                ProcessVariables.Cell cell = processVariable(name);
                yield exchange -> cell.value();
            }
            case Variable.Composed(Template template) -> compile(template)::of;
            case Variable.Converted(Variable of, Conversion how) ->
                Conversions.compile(value(of, origin), how, this, origin);
            case Variable.TableNumber number -> shown(TableNumbers.number(number, this));
            case Variable.TableNumberAfter number -> shown(TableNumbers.numberAfter(number, this));
            case Variable.TableEntries entries -> TableNumbers.entries(entries, this);
            case Variable.RandomNumber random ->
                exchange -> Long.toString(ThreadLocalRandom.current().nextLong(Math.max(1, random.below())));
            case Variable.Answer(Condition condition) -> {
                Check check = Check.compile(condition, this);
                yield exchange -> check.holds(exchange) ? "1" : "0";
            }
            case Variable.OfUpstream live -> shown(count(live));
            case Variable.OfServer live -> shown(count(live));
            case Variable.OfFront live -> shown(count(live));
        };
    }

    TableNumbers.Count count(Variable.OfUpstream live) {
        LiveNumbers.Cell cell = liveNumbers.cell(live.upstream());
        return exchange -> cell.of(live.what());
    }

    /// 0 for what is not counted.
    TableNumbers.Count count(Variable.OfFront live) {
        Tallies tallies = shared.part(Tallies.class, Tallies::new);
        return exchange -> {
            Tally tally = tallies.front(live.front());
            return tally == null
                    ? 0
                    : switch (live.what()) {
                        case CONNECTIONS -> tally.present();
                        case CONNECTION_RATE -> tally.rate();
                        case REQUEST_RATE -> tally.requestRate();
                    };
        };
    }

    TableNumbers.Count count(Variable.OfServer live) {
        LiveNumbers.Cell cell = liveNumbers.cell(live.upstream());
        return exchange -> cell.of(live.server(), live.what());
    }

    private static Value shown(TableNumbers.Count count) {
        return exchange -> {
            long number = count.find(exchange);
            return number == NumberSet.NO_NUMBER ? null : Long.toString(number);
        };
    }

    private static Value custom(int slot) {
        return exchange -> exchange.values().isSet(slot) ? exchange.values().slot(slot) : null;
    }

    private Value attribute(Attribute attribute) {
        Value value = attributes.get(attribute);
        if (value == null) {
            throw new IllegalStateException("no value for " + attribute);
        }
        return value;
    }

    private Value lookup(LookupTable table) {
        Value known = lookups.get(table);
        if (known == null) {
            boolean isKept = !(table instanceof LookupTable.ByText byText && byText.volatileValue());
            int slot = isKept ? nextSlot++ : -1;
            // Entered first, so that a table whose values name itself does not go round for ever here.
            Deferred deferred = new Deferred();
            lookups.put(table, deferred);
            Value fresh = Lookups.compile(table, this);
            known = isKept ? new Remembered(slot, fresh) : fresh;
            deferred.target = known;
            lookups.put(table, known);
        }
        return known;
    }

    private record Constant(String text) implements Text {
        @Override
        public String of(Exchange exchange) {
            return text;
        }

        @Override
        public boolean isConstant() {
            return true;
        }
    }

    private record Single(Value value) implements Text {
        @Override
        public String of(Exchange exchange) {
            String found = value.find(exchange);
            return found == null ? "" : found;
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Joined(Text[] parts) implements Text {
        @Override
        public String of(Exchange exchange) {
            StringBuilder text = new StringBuilder(64);
            for (Text part : parts) {
                text.append(part.of(exchange));
            }
            return text.toString();
        }
    }

    /// Evaluated when first asked for in a request, the same until its end.
    private record Remembered(int slot, Value fresh) implements Value {
        @Override
        public String find(Exchange exchange) {
            if (!exchange.values().isSet(slot)) {
                // Empty while it is worked out, for a table whose values name the table itself.
                exchange.values().slot(slot, "");
                String found = fresh.find(exchange);
                exchange.values().slot(slot, found == null ? "" : found);
            }
            return exchange.values().slot(slot);
        }
    }

    /// Stands for a table while it is compiled.
    private static final class Deferred implements Value {
        private Value target = exchange -> null;

        @Override
        public @Nullable String find(Exchange exchange) {
            return target.find(exchange);
        }
    }
}
