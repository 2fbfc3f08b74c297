package dev.fairlead.dialect.haproxy.build.rule;

import dev.fairlead.dialect.haproxy.scope.Entry;
import dev.fairlead.dialect.haproxy.scope.Proxy;
import dev.fairlead.dialect.haproxy.value.Networks;
import dev.fairlead.model.http.FieldEdit;
import dev.fairlead.model.http.Rule;
import dev.fairlead.model.net.AddressRange;
import dev.fairlead.model.text.Attribute;
import dev.fairlead.model.text.Condition;
import dev.fairlead.model.text.Template;
import dev.fairlead.model.text.Variable;
import dev.fairlead.source.Problems;
import dev.fairlead.source.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// `option forwardfor` tells the server who the client is, `option originalto` which address the client asked
/// for, in a field of its own behind those that are there. Each holds if the frontend or the backend asks for
/// it.
public final class ForwardedFor {
    private final Kind kind;
    private final Optional<Entry> front;
    private final Optional<Entry> back;
    private final Problems problems;

    /// Whose address it is.
    public enum Kind {
        CLIENT("option forwardfor", "x-forwarded-for"),
        ASKED("option originalto", "x-original-to");

        private final String keyword;
        private final String usual;

        Kind(String keyword, String usual) {
            this.keyword = keyword;
            this.usual = usual;
        }

        private Template address(Span at) {
            return switch (this) {
                case CLIENT -> Template.of(new Variable.Builtin(Attribute.CLIENT_ADDRESS), at);
                case ASKED -> Template.of(new Variable.Builtin(Attribute.ASKED_ADDRESS), at);
            };
        }
    }

    public ForwardedFor(Kind kind, Proxy front, Proxy back, Problems problems) {
        this.kind = kind;
        this.front = front.last(kind.keyword).filter(Entry::isOn);
        this.back = back.last(kind.keyword).filter(Entry::isOn);
        this.problems = problems;
    }

    /// @param except clients it is not told of
    /// @param ifNone only where no such field is there
    private record Said(List<AddressRange> except, Optional<String> header, boolean ifNone) {}

    public Optional<Rule> rule() {
        Optional<Said> ofFront = front.map(this::read);
        Optional<Said> ofBack = back.map(this::read);
        if (ofFront.isEmpty() && ofBack.isEmpty()) {
            return Optional.empty();
        }
        Span at = back.or(() -> front).map(Entry::origin).orElseGet(Span::builtIn);
        String header = ofBack.flatMap(Said::header)
                .or(() -> ofFront.flatMap(Said::header))
                .orElse(kind.usual);
        boolean ifNone = ofFront.map(Said::ifNone).orElse(true)
                && ofBack.map(Said::ifNone).orElse(true);
        List<AddressRange> except = new ArrayList<>();
        ofFront.ifPresent(said -> except.addAll(said.except()));
        ofBack.ifPresent(said -> except.addAll(said.except()));
        Template address = kind.address(at);
        Rule add = new Rule.EditField(new FieldEdit.Add(header, address), at);
        List<Condition> conditions = new ArrayList<>();
        if (ifNone) {
            conditions.add(new Condition.Not(
                    new Condition.Present(new Variable.RequestHeader(header.toLowerCase(Locale.ROOT)))));
        }
        if (!except.isEmpty()) {
            conditions.add(new Condition.Not(new Condition.InNetworks(address, except, false)));
        }
        return Optional.of(
                conditions.isEmpty()
                        ? add
                        : new Rule.When(new Condition.AllOf(conditions), List.of(add), Optional.empty(), at));
    }

    private Said read(Entry entry) {
        List<AddressRange> except = new ArrayList<>();
        Optional<String> header = Optional.empty();
        boolean ifNone = false;
        int next = 0;
        while (next < entry.count()) {
            String word = entry.text(next);
            switch (word) {
                case "if-none" -> ifNone = true;
                case "except" -> {
                    String network = entry.text(++next);
                    Networks.read(network)
                            .ifPresentOrElse(except::add, () -> bad(entry, "'" + network + "' is no network"));
                }
                case "header" -> header = Optional.of(entry.text(++next));
                default -> bad(entry, "'" + word + "' is none of 'except', 'header' and 'if-none'");
            }
            next++;
        }
        return new Said(except, header, ifNone);
    }

    private void bad(Entry entry, String reason) {
        problems.error("haproxy.forwardfor", entry.origin(), "'" + kind.keyword + "' : " + reason);
    }
}
