package dev.fairlead.dialect.haproxy.build;

import dev.fairlead.dialect.haproxy.sample.ExpressionReader;
import dev.fairlead.dialect.haproxy.sample.Sample;
import dev.fairlead.dialect.haproxy.sample.Samples;
import dev.fairlead.dialect.haproxy.scope.Entry;
import dev.fairlead.dialect.haproxy.scope.Proxy;
import dev.fairlead.dialect.haproxy.syntax.Word;
import dev.fairlead.model.http.Template;
import dev.fairlead.model.upstream.Balance;
import dev.fairlead.source.Diagnostic;
import dev.fairlead.unit.Suggestion;
import java.util.List;

/// The `balance` line of a backend.
final class Balances {
    private static final List<String> KNOWN = List.of(
            "roundrobin",
            "static-rr",
            "leastconn",
            "first",
            "source",
            "uri",
            "url_param",
            "hdr",
            "random",
            "rdp-cookie",
            "hash",
            "log-hash",
            "log-sticky",
            "sticky");

    private final Workshop workshop;
    private final Proxy backend;

    Balances(Workshop workshop, Proxy backend) {
        this.workshop = workshop;
        this.backend = backend;
    }

    Balance balance() {
        return backend.last("balance").map(this::of).orElseGet(Balance.RoundRobin::new);
    }

    private Balance of(Entry entry) {
        Word word = entry.arg(0);
        String name = word.text();
        int parenthesis = name.indexOf('(');
        String argument = parenthesis < 0 ? "" : name.substring(parenthesis + 1).replaceAll("\\)$", "");
        return switch (parenthesis < 0 ? name : name.substring(0, parenthesis)) {
            case "roundrobin", "static-rr" -> new Balance.RoundRobin();
            case "leastconn" -> new Balance.LeastConnections();
            case "first" -> new Balance.InOrder();
            case "source" -> hash("src", word);
            case "uri" -> hash(entry.args().stream().anyMatch(arg -> arg.is("whole")) ? "url" : "path", word);
            case "url_param" -> hash("url_param(" + entry.text(1) + ")", word);
            case "hdr" -> hash("req.hdr(" + argument + ")", word);
            case "hash" -> hash(entry.text(1), word);
            case "random" -> new Balance.Random(argument.isEmpty() || !argument.equals("1"));
            case "rdp-cookie", "log-hash", "log-sticky", "sticky" -> {
                workshop.problems().error("haproxy.balance", word.span(), "'balance " + name + "' is not supported");
                yield new Balance.RoundRobin();
            }
            default -> {
                workshop.problems()
                        .add(Diagnostic.error("haproxy.balance", word.span(), "'balance' does not know '" + name + "'")
                                .hint(Suggestion.nearest(name, KNOWN).map(near -> "did you mean '" + near + "'?")));
                yield new Balance.RoundRobin();
            }
        };
    }

    private Balance hash(String expression, Word word) {
        boolean consistent = backend.last("hash-type")
                .filter(entry -> entry.text(0).equals("consistent"))
                .isPresent();
        return new Balance.Hash(key(expression, word), consistent);
    }

    private Template key(String expression, Word word) {
        try {
            Scene scene = Scene.of(workshop, backend).in(backend);
            Sample sample = Samples.make(ExpressionReader.read(expression, word.span()), scene);
            return sample.template(word.span());
        } catch (IllegalArgumentException bad) {
            workshop.problems().error("haproxy.balance", word.span(), "'balance' : " + bad.getMessage());
            return Template.constant("", word.span());
        }
    }
}
