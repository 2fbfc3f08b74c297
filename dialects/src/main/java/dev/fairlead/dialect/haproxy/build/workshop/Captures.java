package dev.fairlead.dialect.haproxy.build.workshop;

import dev.fairlead.dialect.haproxy.scope.Entry;
import dev.fairlead.dialect.haproxy.scope.Proxy;
import dev.fairlead.dialect.haproxy.syntax.Word;
import dev.fairlead.dialect.haproxy.value.Figures;
import dev.fairlead.model.http.ResponseRule;
import dev.fairlead.model.http.Rule;
import dev.fairlead.model.text.Condition;
import dev.fairlead.model.text.Conversion;
import dev.fairlead.model.text.Regex;
import dev.fairlead.model.text.Template;
import dev.fairlead.model.text.Variable;
import dev.fairlead.source.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// What of requests and responses a frontend keeps for its log, in the order in which the log shows it:
/// `capture`, `declare capture` and the lines of `http-request capture` that have a length.
public final class Captures {
    private static final int LONGEST = 65_535;

    private final Workshop workshop;
    private final Proxy front;
    private final List<Slot> request;
    private final List<Slot> response;

    /// @param variable holds it
    /// @param length most bytes that are kept
    /// @param line that asks for it
    private record Slot(Variable variable, int length, Entry line) {}

    public Captures(Workshop workshop, Proxy front) {
        this.workshop = workshop;
        this.front = front;
        this.request = slots("request");
        this.response = slots("response");
    }

    private List<Slot> slots(String side) {
        List<Slot> slots = new ArrayList<>();
        String place = "txn.capture." + workshop.proxies().indexOf(front) + "." + side + ".";
        for (Entry line : front.entries()) {
            String name = line.name();
            boolean isSlot = name.equals("capture " + side + " header")
                    || (name.equals("declare capture") && line.text(0).equals(side))
                    || (name.equals("http-" + side + " capture")
                            && number(line, "len").isPresent());
            if (isSlot) {
                slots.add(new Slot(
                        workshop.variables().named(place + slots.size()),
                        number(line, "len").orElse(LONGEST),
                        line));
            }
        }
        return slots;
    }

    /// The number behind a word of a line.
    private static Optional<Integer> number(Entry line, String word) {
        List<Word> words = line.args();
        for (int i = 0; i + 1 < words.size(); i++) {
            if (words.get(i).is(word)) {
                return Figures.between(words.get(i + 1).text(), 0, LONGEST);
            }
        }
        return Optional.empty();
    }

    List<Variable> all(Variable.Side side) {
        return of(side).stream().map(Slot::variable).toList();
    }

    private List<Slot> of(Variable.Side side) {
        return side == Variable.Side.REQUEST ? request : response;
    }

    /// What `capture cookie` keeps.
    Optional<Variable> cookie(Variable.Side side) {
        return front.last("capture cookie")
                .map(line -> workshop.variables()
                        .named("txn.capture." + workshop.proxies().indexOf(front) + ".cookie."
                                + side.name().toLowerCase(Locale.ROOT)));
    }

    /// Keep fields of requests as they come, before other rules change them.
    public List<Rule> requestRules() {
        List<Rule> rules = new ArrayList<>();
        request.forEach(slot -> field(slot, Variable.Side.REQUEST)
                .ifPresent(field -> rules.add(
                        kept(field, slot.variable(), slot.length(), slot.line().origin()))));
        front.last("capture cookie").ifPresent(line -> {
            Span at = line.origin();
            Template all = Template.of(new Variable.RequestHeader("cookie"), at);
            Variable kept = cookie(Variable.Side.REQUEST).orElseThrow();
            rules.add(new Rule.When(
                    new Condition.Matches(all, cookie(line, "(?:^|;[ \t]*)", "[^;]*", at)),
                    List.of(new Rule.Assign(kept, cut(new Variable.Capture(1), length(line), at), at)),
                    Optional.empty(),
                    at));
        });
        return rules;
    }

    public List<ResponseRule> responseRules() {
        List<ResponseRule> rules = new ArrayList<>();
        response.forEach(slot -> field(slot, Variable.Side.RESPONSE).ifPresent(field -> {
            Span at = slot.line().origin();
            rules.add(new ResponseRule.When(
                    new Condition.Present(field),
                    List.of(new ResponseRule.Assign(slot.variable(), cut(field, slot.length(), at), at)),
                    at));
        }));
        front.last("capture cookie").ifPresent(line -> {
            Span at = line.origin();
            Variable all = new Variable.FieldLine(Variable.Side.RESPONSE, "set-cookie", -1);
            Variable kept = cookie(Variable.Side.RESPONSE).orElseThrow();
            rules.add(new ResponseRule.When(
                    new Condition.Matches(Template.of(all, at), cookie(line, "^[ \t]*", "[^;]*", at)),
                    List.of(new ResponseRule.Assign(kept, cut(new Variable.Capture(1), length(line), at), at)),
                    at));
        });
        return rules;
    }

    private static Optional<Variable> field(Slot slot, Variable.Side side) {
        boolean isField = slot.line().name().startsWith("capture ");
        return isField
                ? Optional.of(new Variable.FieldLine(side, slot.line().text(0).toLowerCase(Locale.ROOT), -1))
                : Optional.empty();
    }

    private static int length(Entry line) {
        return number(line, "len").orElse(LONGEST);
    }

    private Regex cookie(Entry line, String before, String rest, Span at) {
        return workshop.regex(before + "(" + Pattern.quote(line.text(0)) + rest + ")", false, at);
    }

    private static Template cut(Variable of, int length, Span at) {
        return Template.of(new Variable.Converted(of, new Conversion.Slice(0, Optional.of(length))), at);
    }

    private static Rule kept(Variable of, Variable in, int length, Span at) {
        return new Rule.When(
                new Condition.Present(of), List.of(new Rule.Assign(in, cut(of, length, at), at)), Optional.empty(), at);
    }

    /// Where a `capture` action keeps its sample: a place of its own, or one that was declared.
    ///
    /// @param line of this frontend, or of a backend that it leads to
    public Optional<Kept> place(Entry line, Variable.Side side) {
        List<Slot> slots = of(side);
        Optional<Integer> id = number(line, "id");
        Optional<Slot> slot = id.isPresent()
                ? Optional.of(id.get()).filter(index -> index < slots.size()).map(slots::get)
                : slots.stream().filter(each -> each.line().equals(line)).findFirst();
        if (slot.isEmpty()) {
            workshop.problems()
                    .error(
                            "haproxy.capture",
                            line.origin(),
                            id.isPresent()
                                    ? "there is no capture " + id.get() + " in "
                                            + front.section().shown()
                                    : "'" + line.name() + "' expects 'len' and a length, or 'id' and a number",
                            "declare capture " + (side == Variable.Side.REQUEST ? "request" : "response") + " len 32");
        }
        return slot.map(found -> new Kept(found.variable(), found.length()));
    }

    /// @param length most bytes
    public record Kept(Variable in, int length) {
        public Template of(Variable sample, Span at) {
            return cut(sample, length, at);
        }
    }
}
