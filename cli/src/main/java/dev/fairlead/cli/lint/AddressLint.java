package dev.fairlead.cli.lint;

import dev.fairlead.model.http.FieldEdit;
import dev.fairlead.model.http.Forward;
import dev.fairlead.model.http.HttpListener;
import dev.fairlead.model.http.Logging;
import dev.fairlead.model.http.Rule;
import dev.fairlead.model.net.Address;
import dev.fairlead.model.net.Listener;
import dev.fairlead.model.plan.Ending;
import dev.fairlead.model.plan.Passage;
import dev.fairlead.model.plan.Plan;
import dev.fairlead.model.text.Attribute;
import dev.fairlead.model.text.Condition;
import dev.fairlead.model.text.Template;
import dev.fairlead.model.text.Variable;
import dev.fairlead.source.Problems;
import dev.fairlead.source.Span;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Who the client is: whether hops tell each other, tell it once, and believe those only who know.
final class AddressLint {
    static final String LOST = "lint.client-address-lost";
    static final String TWICE = "lint.forwarded-twice";
    static final String TRUST = "lint.trusts-anyone";

    private static final String LIST = "x-forwarded-for";
    private static final Set<String> FIELDS = Set.of(LIST, "x-real-ip", "forwarded", "x-client-ip", "true-client-ip");

    private final Plan plan;
    private final List<Passage> passages;
    private final Problems problems;

    AddressLint(Plan plan, Problems problems) {
        this.plan = plan;
        this.passages = Passage.of(plan);
        this.problems = problems;
    }

    /// A field that is given the client's address, as far as this hop knows it.
    ///
    /// @param isAppended whether what came in the field stays in front of it
    private record Told(String name, boolean isAppended, Span origin) {}

    void look() {
        lost();
        twice();
        Once once = new Once();
        for (Ending ending : Ending.of(plan)) {
            if (!isInside(ending.listener())) {
                // Each list of rules once: what is around this place is a place of its own.
                List<Rule> own = ending.inside().isEmpty()
                        ? ending.host().rules()
                        : ending.inside().getLast().rules();
                own.forEach(rule -> trusted(rule, once));
            }
        }
    }

    private void lost() {
        Once once = new Once();
        for (Passage passage : passages) {
            boolean asks = passage.next()
                    .filter(next -> next instanceof HttpListener listener && (isLogged(listener) || tells(listener)))
                    .isPresent();
            if (!asks || passage.next().orElseThrow().proxyProtocol()) {
                continue;
            }
            switch (passage) {
                case Passage.OfConnections connections -> {
                    if (connections.forward().proxyProtocol().isEmpty() && once.isNew(passage.origin())) {
                        lost(
                                passage,
                                "connections arrive",
                                "send the header of the PROXY protocol (stunnel: protocol = proxy; HAProxy: send-proxy)"
                                        + " and expect it there (HAProxy: accept-proxy; nginx: proxy_protocol)");
                    }
                }
                case Passage.OfRequests requests -> {
                    if (told(requests).findAny().isEmpty() && once.isNew(passage.origin())) {
                        lost(
                                passage,
                                "requests arrive",
                                "tell it in X-Forwarded-For (HAProxy: option forwardfor; nginx: proxy_set_header"
                                        + " X-Forwarded-For $proxy_add_x_forwarded_for)");
                    }
                }
            }
        }
    }

    private void lost(Passage passage, String what, String hint) {
        problems.warning(
                LOST,
                passage.origin(),
                "at " + passage.to().text() + " all " + what
                        + " as if from this machine: what is logged, limited and told there is not the client's address",
                hint);
    }

    /// Whether it tells the next hop who its client is.
    private boolean tells(HttpListener listener) {
        return passages.stream()
                .filter(passage -> passage.from().address().equals(listener.address()))
                .anyMatch(passage -> passage instanceof Passage.OfRequests requests
                        && !believes(requests)
                        && told(requests).findAny().isPresent());
    }

    private static boolean isLogged(HttpListener listener) {
        return Ending.of(listener).stream()
                .flatMap(ending -> ending.settings().logging().access().stream())
                .anyMatch(log -> !(log.target() instanceof Logging.Target.Nowhere));
    }

    private void twice() {
        Once once = new Once();
        for (Passage first : passages) {
            if (!(first instanceof Passage.OfRequests requests)
                    || told(requests).noneMatch(told -> told.name().equals(LIST))) {
                continue;
            }
            for (Passage second : passages) {
                boolean follows = first.next()
                        .filter(next -> next.address().equals(second.from().address()))
                        .isPresent();
                if (follows && second instanceof Passage.OfRequests on && !believes(on)) {
                    told(on).filter(told -> told.name().equals(LIST) && told.isAppended() && once.isNew(told.origin()))
                            .forEach(told -> problems.warning(
                                    TWICE,
                                    told.origin(),
                                    "adds the address of the hop before it, which has added the client's at "
                                            + first.origin().fileAndLine()
                                            + ": the last address in the field is the same for all",
                                    "believe the hop before (nginx: set_real_ip_from with its address, real_ip_header"
                                            + " X-Forwarded-For), or pass the field on as it came"));
                }
            }
        }
    }

    /// Whether the client's address is known here although another hop stands in front.
    private static boolean believes(Passage.OfRequests on) {
        return on.from().proxyProtocol()
                || !on.ending().settings().clientAddress().trusted().isEmpty();
    }

    private static Stream<Told> told(Passage.OfRequests requests) {
        Stream<Told> assigned = requests.forward().request().fields().stream()
                .filter(field -> FIELDS.contains(field.name().toLowerCase(Locale.ROOT)))
                .filter(field -> asks(field.value(), Attribute.CLIENT_ADDRESS)
                        || asks(field.value(), Attribute.FORWARDED_FOR_APPENDED)
                        || asks(field.value(), Attribute.PEER_ADDRESS))
                .map(AddressLint::assigned);
        return Stream.concat(
                assigned,
                requests.ending().rules().stream().flatMap(AddressLint::edits).flatMap(AddressLint::told));
    }

    private static Told assigned(Forward.FieldAssignment field) {
        return new Told(
                field.name().toLowerCase(Locale.ROOT),
                asks(field.value(), Attribute.FORWARDED_FOR_APPENDED),
                field.origin());
    }

    private static Stream<Rule.EditField> edits(Rule rule) {
        if (rule instanceof Rule.When when) {
            return when.then().stream().flatMap(AddressLint::edits);
        }
        return rule instanceof Rule.EditField edit ? Stream.of(edit) : Stream.empty();
    }

    private static Stream<Told> told(Rule.EditField rule) {
        Optional<Told> told = switch (rule.edit()) {
            case FieldEdit.Add(String name, Template value) ->
                Optional.of(new Told(name.toLowerCase(Locale.ROOT), true, rule.origin()));
            case FieldEdit.Set(String name, Template value) ->
                Optional.of(new Told(
                        name.toLowerCase(Locale.ROOT), asks(value, Attribute.FORWARDED_FOR_APPENDED), rule.origin()));
            case FieldEdit.Remove remove -> Optional.empty();
            case FieldEdit.Replace replace -> Optional.empty();
        };
        return told.filter(field -> FIELDS.contains(field.name())).stream();
    }

    private static boolean asks(Template template, Attribute attribute) {
        return template.parts().contains(new Template.Part.Reference(new Variable.Builtin(attribute)));
    }

    /// Whether only this machine connects to it, or a proxy that the stack knows nothing about is meant to.
    private boolean isInside(Listener listener) {
        boolean isLocal = listener.address() instanceof Address.Unix
                || (listener.address() instanceof Address.Tcp tcp && !tcp.isEveryAddress() && PortLint.isHere(tcp));
        return isLocal || listener.proxyProtocol();
    }

    private void trusted(Rule rule, Once once) {
        if (rule instanceof Rule.When when) {
            if (isClaimed(when.condition()) && once.isNew(when.origin())) {
                problems.warning(
                        TRUST,
                        when.origin(),
                        "goes by an address that the client itself may write into its request",
                        "ask for the address of the connection (HAProxy: src), or only where a proxy that you know"
                                + " connects, and take the field away from all others");
            }
            if (adds(when) && once.isNew(when.origin())) {
                problems.warning(
                        TRUST,
                        when.origin(),
                        "a client that names an address itself is believed: its own is not added",
                        "without if-none it is added to what came; name the proxies in front: except NETWORK");
            }
            when.then().forEach(inner -> trusted(inner, once));
        }
    }

    /// Whether the client's address is told only where the request names none.
    private static boolean adds(Rule.When when) {
        Condition condition = when.condition().plain();
        List<Condition> all =
                condition instanceof Condition.AllOf(List<Condition> conditions) ? conditions : List.of(condition);
        boolean ifNone = all.stream()
                .anyMatch(one -> one instanceof Condition.Not(Condition.Present(Variable field)) && isClaimed(field));
        return ifNone
                && when.then().stream()
                        .flatMap(AddressLint::edits)
                        .flatMap(AddressLint::told)
                        .findAny()
                        .isPresent();
    }

    /// Whether it depends on what a field says of the client's address, for connections from anywhere.
    private static boolean isClaimed(Condition condition) {
        return switch (condition) {
            case Condition.InNetworks in -> isClaimed(in.address());
            case Condition.OneOf one -> isClaimed(one.value());
            case Condition.Not(Condition inner) -> isClaimed(inner);
            case Condition.AnyOf(List<Condition> any) -> any.stream().anyMatch(AddressLint::isClaimed);
            case Condition.AllOf(List<Condition> all) ->
                all.stream().anyMatch(AddressLint::isClaimed) && all.stream().noneMatch(AddressLint::isByConnection);
            case Condition.IsTrue isTrue -> false;
            case Condition.Same same -> false;
            case Condition.Matches matches -> false;
            case Condition.FindsAny finds -> false;
            case Condition.InNumbers numbers -> false;
            case Condition.Present present -> false;
            case Condition.Authenticated authenticated -> false;
            case Condition.FileTest test -> false;
            case Condition.Stated stated -> isClaimed(stated.condition());
            case Condition.Listed listed -> isClaimed(listed.condition());
            case Condition.Always always -> false;
        };
    }

    private static boolean isByConnection(Condition condition) {
        return condition.plain() instanceof Condition.InNetworks in
                && (asks(in.address(), Attribute.CLIENT_ADDRESS) || asks(in.address(), Attribute.PEER_ADDRESS));
    }

    private static boolean isClaimed(Template template) {
        return template.parts().stream()
                .anyMatch(part -> part instanceof Template.Part.Reference(Variable variable) && isClaimed(variable));
    }

    private static boolean isClaimed(Variable variable) {
        if (variable instanceof Variable.RequestHeader(String name)) {
            return FIELDS.contains(name);
        }
        if (variable instanceof Variable.FieldMember(var side, String name, int number)) {
            return side == Variable.Side.REQUEST && FIELDS.contains(name);
        }
        if (variable instanceof Variable.FieldLine(var side, String name, int number)) {
            return side == Variable.Side.REQUEST && FIELDS.contains(name);
        }
        if (variable instanceof Variable.Converted(Variable of, var how)) {
            return isClaimed(of);
        }
        return variable instanceof Variable.Composed(Template template) && isClaimed(template);
    }
}
