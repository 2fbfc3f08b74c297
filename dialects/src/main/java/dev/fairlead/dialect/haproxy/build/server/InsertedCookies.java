package dev.fairlead.dialect.haproxy.build.server;

import dev.fairlead.dialect.haproxy.build.workshop.Workshop;
import dev.fairlead.dialect.haproxy.scope.Entry;
import dev.fairlead.dialect.haproxy.scope.Proxy;
import dev.fairlead.dialect.haproxy.syntax.Word;
import dev.fairlead.model.upstream.Persistence;
import dev.fairlead.model.upstream.Persistence.Way;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The `cookie` line of a backend: which cookie says which server a client belongs to, and who sets it.
final class InsertedCookies {
    private static final Set<String> FLAGS =
            Set.of("indirect", "nocache", "postonly", "preserve", "httponly", "secure");

    private final Workshop workshop;
    private final Proxy backend;
    private final Entry entry;
    private final Set<String> flags = new LinkedHashSet<>();
    private final List<String> domains = new ArrayList<>();
    private final List<String> attributes = new ArrayList<>();
    private boolean isDynamic;
    private Way way = Way.READ;
    private Optional<Duration> idle = Optional.empty();
    private Optional<Duration> life = Optional.empty();

    private InsertedCookies(Workshop workshop, Proxy backend, Entry entry) {
        this.workshop = workshop;
        this.backend = backend;
        this.entry = entry;
    }

    static Optional<Persistence> of(Workshop workshop, Proxy backend) {
        return backend.last("cookie").map(entry -> new InsertedCookies(workshop, backend, entry).read());
    }

    private Persistence read() {
        List<Word> words = entry.args();
        for (int i = 1; i < words.size(); i++) {
            Word word = words.get(i);
            switch (word.text()) {
                case "rewrite" -> way(Way.REWRITE, word);
                case "insert" -> way(Way.INSERT, word);
                case "prefix" -> way(Way.PREFIX, word);
                case "domain", "attr", "maxidle", "maxlife" -> {
                    i++;
                    if (i == words.size()) {
                        problem(word, "'" + word.text() + "' expects an argument");
                    } else {
                        valued(word, words.get(i));
                    }
                }
                case "dynamic" -> isDynamic = true;
                default -> flag(word);
            }
        }
        if (way == Way.PREFIX && (flags.contains("indirect") || flags.contains("postonly"))) {
            problem(entry.arg(0), "'prefix' does not go with 'indirect' and 'postonly'");
        }
        return new Persistence.InCookie(
                entry.text(0),
                way,
                flags.contains("indirect"),
                flags.contains("nocache"),
                flags.contains("postonly"),
                flags.contains("preserve"),
                flags.contains("httponly"),
                flags.contains("secure"),
                domains,
                idle,
                life,
                attributes,
                isDynamic ? secret() : Optional.empty(),
                entry.origin());
    }

    private Optional<String> secret() {
        Optional<String> key = backend.last("dynamic-cookie-key").map(line -> line.text(0));
        if (key.isEmpty()) {
            workshop.problems()
                    .warning(
                            "haproxy.cookie",
                            entry.origin(),
                            "'dynamic-cookie-key' is missing: servers without a cookie of their own have none",
                            "add a line: dynamic-cookie-key SECRET");
        }
        return key;
    }

    private void way(Way said, Word word) {
        if (way != Way.READ && way != said) {
            problem(word, "cookie's modes 'rewrite', 'insert', and 'prefix' are mutually exclusive");
        }
        way = said;
    }

    private void flag(Word word) {
        if (FLAGS.contains(word.text())) {
            flags.add(word.text());
        } else {
            problem(
                    word,
                    "supports 'rewrite', 'insert', 'prefix', 'indirect', 'nocache', 'postonly', 'preserve', 'httponly',"
                            + " 'secure', 'domain', 'maxidle', 'maxlife', 'dynamic' and 'attr' options, not '"
                            + word.text() + "'");
        }
    }

    private void valued(Word word, Word value) {
        switch (word.text()) {
            case "domain" -> domains.add(value.text());
            case "attr" -> attribute(value);
            case "maxidle" -> idle = workshop.delay(value, "maxidle", ChronoUnit.SECONDS);
            default -> life = workshop.delay(value, "maxlife", ChronoUnit.SECONDS);
        }
    }

    private void attribute(Word value) {
        if (value.text().chars().anyMatch(c -> c < ' ' || c == ';' || c == 0x7f)) {
            problem(value, "character not permitted in attribute '" + value.text() + "'");
        } else {
            attributes.add(value.text());
        }
    }

    private void problem(Word word, String message) {
        workshop.problems().error("haproxy.cookie", word.span(), "'cookie' : " + message);
    }
}
