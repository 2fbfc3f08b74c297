package dev.fairlead.dialect.haproxy.build.server;

import dev.fairlead.dialect.haproxy.build.workshop.Scene;
import dev.fairlead.dialect.haproxy.build.workshop.Workshop;
import dev.fairlead.dialect.haproxy.sample.ExpressionReader;
import dev.fairlead.dialect.haproxy.sample.Sample;
import dev.fairlead.dialect.haproxy.sample.Samples;
import dev.fairlead.dialect.haproxy.scope.Entry;
import dev.fairlead.dialect.haproxy.scope.Proxy;
import dev.fairlead.dialect.haproxy.syntax.Word;
import dev.fairlead.dialect.haproxy.value.Figures;
import dev.fairlead.model.text.Template;
import dev.fairlead.model.upstream.Balance;
import dev.fairlead.model.upstream.Balance.HashFunction;
import dev.fairlead.source.Diagnostic;
import dev.fairlead.unit.Suggestion;
import java.util.List;

/// The `balance` line of a backend, with `hash-type` and `hash-balance-factor`.
public final class Balances {
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
    private static final int MOST = 1_000_000;

    private final Workshop workshop;
    private final Proxy backend;

    public Balances(Workshop workshop, Proxy backend) {
        this.workshop = workshop;
        this.backend = backend;
    }

    public Balance balance() {
        return backend.last("balance").map(this::of).orElseGet(Balance.RoundRobin::new);
    }

    private Balance of(Entry entry) {
        Word word = entry.arg(0);
        String name = word.text();
        int parenthesis = name.indexOf('(');
        String argument = parenthesis < 0 ? "" : name.substring(parenthesis + 1).replaceAll("\\)$", "");
        return switch (parenthesis < 0 ? name : name.substring(0, parenthesis)) {
            case "roundrobin" -> new Balance.RoundRobin();
            case "static-rr" -> new Balance.FixedRotation();
            case "leastconn" -> new Balance.LeastConnections();
            case "first" -> new Balance.InOrder();
            case "source" -> keyed(new Balance.Key.SourceAddress());
            case "uri" -> keyed(target(entry));
            case "url_param" -> keyed(text("url_param(" + entry.text(1) + ")", word));
            case "hdr" -> keyed(text(field(entry, argument), word));
            case "hash" -> keyed(text(entry.text(1), word));
            case "random" -> new Balance.Random(argument.isEmpty() || !argument.equals("1"));
            case "rdp-cookie" ->
                keyed(text("req.rdp_cookie(" + (argument.isEmpty() ? "mstshash" : argument) + ")", word));
            case "log-hash", "log-sticky", "sticky" -> {
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

    /// `uri [len N] [depth N] [whole] [path-only]`
    private Balance.Key target(Entry entry) {
        int length = 0;
        int depth = 0;
        boolean whole = false;
        for (int i = 1; i < entry.count(); i++) {
            Word word = entry.arg(i);
            switch (word.text()) {
                case "len" -> length = number(entry, ++i);
                case "depth" -> depth = number(entry, ++i);
                case "whole" -> whole = true;
                case "path-only" -> {}
                default ->
                    problem(
                            word,
                            "'balance uri' only accepts parameters 'len', 'depth', 'path-only', and 'whole', not '"
                                    + word.text() + "'");
            }
        }
        return new Balance.Key.Target(length, depth, whole);
    }

    private int number(Entry entry, int index) {
        return Figures.between(entry.text(index), 1, MOST).orElseGet(() -> {
            problem(entry.arg(Math.min(index, entry.count() - 1)), "'balance uri' expects a positive integer");
            return 0;
        });
    }

    /// With `use_domain_only`, what stands before the last dot and behind the dot before it.
    private static String field(Entry entry, String name) {
        boolean isDomainOnly = entry.count() > 1 && entry.arg(1).is("use_domain_only");
        return "req.hdr(" + name + ",1)" + (isDomainOnly ? ",word(-2,.)" : "");
    }

    private Balance keyed(Balance.Key key) {
        List<String> words = backend.last("hash-type")
                .map(entry -> entry.args().stream().map(Word::text).toList())
                .orElse(List.of());
        boolean consistent = !words.isEmpty() && words.getFirst().equals("consistent");
        // Where no function is named, places on a ring are mixed as well.
        boolean isMixed = words.size() < 2 ? consistent : words.getLast().equals("avalanche");
        int most = backend.last("hash-balance-factor")
                .flatMap(entry -> Figures.between(entry.text(0), 0, MOST))
                .orElse(0);
        return new Balance.Keyed(key, function(words), isMixed, consistent, most);
    }

    private HashFunction function(List<String> words) {
        String name = words.size() < 2 ? "sdbm" : words.get(1);
        return switch (name) {
            case "sdbm", "avalanche" -> HashFunction.SDBM;
            case "djb2" -> HashFunction.DJB2;
            case "wt6" -> HashFunction.WT6;
            case "crc32" -> HashFunction.CRC32;
            default -> {
                backend.last("hash-type")
                        .ifPresent(entry -> problem(
                                entry.arg(1),
                                "'hash-type' only supports 'sdbm', 'djb2', 'wt6' and 'crc32', not '" + name + "'"));
                yield HashFunction.SDBM;
            }
        };
    }

    private Balance.Key text(String expression, Word word) {
        return new Balance.Key.Text(key(expression, word));
    }

    private Template key(String expression, Word word) {
        try {
            Scene scene = Scene.of(workshop, backend).in(backend);
            Sample sample = Samples.make(ExpressionReader.read(expression, word.span()), scene);
            return sample.template(word.span());
        } catch (IllegalArgumentException bad) {
            problem(word, "'balance' : " + bad.getMessage());
            return Template.constant("", word.span());
        }
    }

    private void problem(Word word, String message) {
        workshop.problems().error("haproxy.balance", word.span(), message);
    }
}
