package dev.fairlead.dialect.haproxy.build;

import dev.fairlead.dialect.haproxy.scope.Entry;
import dev.fairlead.dialect.haproxy.scope.Proxy;
import dev.fairlead.dialect.haproxy.syntax.Word;
import dev.fairlead.dialect.haproxy.value.Figures;
import dev.fairlead.model.http.NumberRange;
import dev.fairlead.model.net.Address;
import dev.fairlead.model.tls.TlsClient;
import dev.fairlead.model.upstream.HealthCheck;
import dev.fairlead.model.upstream.HealthCheck.Expectation;
import dev.fairlead.model.upstream.HealthCheck.Pace;
import dev.fairlead.model.upstream.HealthCheck.Probe;
import dev.fairlead.model.upstream.HealthCheck.Step;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// `check` of servers, and what `option httpchk`, `http-check`, `option tcp-check` and `tcp-check` ask of them.
final class Checks {
    private static final Duration USUAL_INTERVAL = Duration.ofSeconds(2);
    private static final int USUAL_RISE = 2;
    private static final int USUAL_FALL = 3;
    private static final int MOST = 1_000_000;

    private final Workshop workshop;
    private final Proxy backend;

    Checks(Workshop workshop, Proxy backend) {
        this.workshop = workshop;
        this.backend = backend;
    }

    /// @param tls how connections for requests are secured, which those for checks are as well
    Optional<HealthCheck> of(Parameters given, Optional<TlsClient> tls, Entry server) {
        if (!given.has("check") || given.isLast("no-check", "check")) {
            return Optional.empty();
        }
        boolean isElsewhere = given.has("port") || given.has("addr");
        boolean isSecured = tls.isPresent() && (!isElsewhere || given.has("check-ssl"));
        return Optional.of(new HealthCheck(
                probe(),
                pace(given),
                number(given, "rise").orElse(USUAL_RISE),
                number(given, "fall").orElse(USUAL_FALL),
                given.find("addr").map(found -> new Address.Tcp(found.value().text(), 0)),
                number(given, "port").orElse(0),
                isSecured ? tls : Optional.empty(),
                Optional.empty(),
                false,
                given.find("on-marked-down")
                        .filter(found -> found.value().is("shutdown-sessions"))
                        .isPresent(),
                server.origin()));
    }

    private Pace pace(Parameters given) {
        Duration interval = delay(given, "inter").orElse(USUAL_INTERVAL);
        Duration connect = Forwards.limit(workshop, backend, "timeout connect", "contimeout");
        Duration shorter = connect.compareTo(interval) < 0 ? connect : interval;
        return new Pace(
                interval,
                delay(given, "fastinter").orElse(interval),
                delay(given, "downinter").orElse(interval),
                shorter,
                backend.last("timeout check").flatMap(workshop::delay).orElse(interval),
                0);
    }

    private Optional<Duration> delay(Parameters given, String name) {
        return given.find(name)
                .flatMap(found -> workshop.delay(found.value(), name, ChronoUnit.MILLIS))
                .filter(delay -> !delay.isZero());
    }

    private Optional<Integer> number(Parameters given, String name) {
        return given.find(name).flatMap(found -> {
            Optional<Integer> number = Figures.between(found.value().text(), 1, MOST);
            if (number.isEmpty()) {
                workshop.problems()
                        .error(
                                "haproxy.number",
                                found.value().span(),
                                "'" + name + "' expects a number above 0, not '"
                                        + found.value().text() + "'");
            }
            return number;
        });
    }

    private Probe probe() {
        List<String> keywords = new ArrayList<>(ProtocolChecks.KEYWORDS);
        keywords.addAll(List.of("option httpchk", "option tcp-check"));
        Optional<Entry> kind = backend.last(keywords.toArray(String[]::new)).filter(Entry::isOn);
        if (kind.isEmpty()) {
            return new Probe.Connect();
        }
        return switch (kind.get().name()) {
            case "option httpchk" -> http(kind.get());
            case "option tcp-check" -> dialogue();
            default -> ProtocolChecks.of(kind.get());
        };
    }

    private Probe http(Entry entry) {
        String method = "OPTIONS";
        String target = "/";
        int version = 0;
        List<String> fields = new ArrayList<>();
        if (entry.count() == 1) {
            target = entry.text(0);
        } else if (entry.count() > 1) {
            method = entry.text(0);
            target = entry.text(1);
        }
        if (entry.count() > 2) {
            // Old configurations smuggle fields in behind the version: HTTP/1.1\r\nHost:\ www
            List<String> lines = entry.text(2).lines().toList();
            version = lines.getFirst().endsWith("1.1") ? 1 : 0;
            fields.addAll(lines.subList(1, lines.size()).stream()
                    .filter(line -> !line.isBlank())
                    .toList());
        }
        String body = "";
        for (Entry line : backend.each("http-check send")) {
            List<Word> words = line.args();
            for (int i = 0; i + 1 < words.size(); i += 2) {
                String value = words.get(i + 1).text();
                switch (words.get(i).text()) {
                    case "meth" -> method = value;
                    case "uri" -> target = value;
                    case "ver" -> version = value.endsWith("1.1") ? 1 : 0;
                    case "body" -> body = value;
                    case "hdr" -> {
                        fields.add(value + ": " + line.text(i + 2));
                        i++;
                    }
                    default ->
                        problem(
                                words.get(i),
                                "'http-check send' : unknown keyword '"
                                        + words.get(i).text() + "'");
                }
            }
        }
        return new Probe.Http(method, target, version, fields, body, expectations());
    }

    private List<Expectation> expectations() {
        List<Expectation> expectations = new ArrayList<>();
        for (Entry line : backend.each("http-check expect")) {
            List<Word> words = ExpectWords.essential(line.args());
            boolean negated = words.size() > 0 && words.getFirst().is("!");
            List<Word> own = negated ? words.subList(1, words.size()) : words;
            if (own.size() < 2) {
                problem(line.keyword(), "'http-check expect' expects what is looked for and a pattern");
                continue;
            }
            Word what = own.getFirst();
            Word pattern = own.getLast();
            switch (what.text()) {
                case "status" -> expectations.add(new Expectation.Status(statuses(pattern), negated));
                case "string" -> expectations.add(new Expectation.Contains("", pattern.text(), negated));
                case "rstatus" ->
                    regex(pattern).ifPresent(regex -> expectations.add(new Expectation.StatusMatches(regex, negated)));
                case "rstring" ->
                    regex(pattern).ifPresent(regex -> expectations.add(new Expectation.Matches("", regex, negated)));
                case "hdr", "fhdr" ->
                    field(own)
                            .ifPresent(pair -> regex(pair.value())
                                    .ifPresent(regex -> expectations.add(new Expectation.Matches(
                                            pair.name().toLowerCase(Locale.ROOT), regex, negated))));
                default -> problem(what, "'http-check expect " + what.text() + "' is not supported");
            }
        }
        return expectations;
    }

    /// @param value an expression
    private record Field(String name, Word value) {}

    /// `hdr name [-m METHOD] NAME [value [-m METHOD] VALUE]`; names are compared as a whole.
    private Optional<Field> field(List<Word> words) {
        Optional<Word> name = ExpectWords.behind("name", words, true);
        if (name.isEmpty()) {
            problem(words.getFirst(), "'http-check expect hdr' expects 'name' and the name of a field");
            return Optional.empty();
        }
        return Optional.of(new Field(
                name.get().text(),
                ExpectWords.behind("value", words, false)
                        .orElseGet(() -> new Word(".", words.getFirst().span()))));
    }

    /// `200,301,400-404`.
    private List<NumberRange> statuses(Word word) {
        List<NumberRange> ranges = new ArrayList<>();
        for (String one : word.text().split(",", -1)) {
            String[] ends = one.split("-", 2);
            Optional<Integer> first = Figures.between(ends[0], 100, 999);
            Optional<Integer> last = Figures.between(ends[ends.length - 1], 100, 999);
            if (first.isEmpty() || last.isEmpty()) {
                problem(word, "'" + one + "' is neither a status nor a range of them");
            } else {
                ranges.add(new NumberRange(first.get(), last.get()));
            }
        }
        return ranges;
    }

    private Probe dialogue() {
        List<Step> steps = new ArrayList<>();
        for (Entry line :
                backend.each("tcp-check connect", "tcp-check send", "tcp-check send-binary", "tcp-check expect")) {
            switch (line.name()) {
                case "tcp-check send" -> steps.add(new Step.Send(line.text(0)));
                case "tcp-check send-binary" -> steps.add(new Step.Send(bytes(line.arg(0))));
                case "tcp-check expect" -> expect(line, steps);
                default -> {}
            }
        }
        return steps.isEmpty() ? new Probe.Connect() : new Probe.Dialogue(steps);
    }

    private void expect(Entry line, List<Step> steps) {
        List<Word> all = ExpectWords.essential(line.args());
        boolean negated = !all.isEmpty() && all.getFirst().is("!");
        List<Word> words = negated ? all.subList(1, all.size()) : all;
        if (words.size() < 2) {
            problem(line.keyword(), "'tcp-check expect' expects what is looked for and a pattern");
            return;
        }
        Word what = words.getFirst();
        Word pattern = words.get(1);
        switch (what.text().toLowerCase(Locale.ROOT)) {
            case "string" -> steps.add(new Step.Expect(pattern.text(), negated));
            case "binary" -> steps.add(new Step.Expect(bytes(pattern), negated));
            case "rstring" -> regex(pattern).ifPresent(regex -> steps.add(new Step.ExpectMatch(regex, negated)));
            default -> problem(what, "'tcp-check expect " + what.text() + "' is not supported");
        }
    }

    private String bytes(Word word) {
        try {
            return new String(
                    java.util.HexFormat.of().parseHex(word.text()), java.nio.charset.StandardCharsets.ISO_8859_1);
        } catch (IllegalArgumentException bad) {
            problem(word, "expects hexadecimal digits, not '" + word.text() + "'");
            return "";
        }
    }

    private Optional<dev.fairlead.model.http.Regex> regex(Word word) {
        try {
            return Optional.of(workshop.regex(word.text(), false, word.span()));
        } catch (IllegalArgumentException bad) {
            problem(word, String.valueOf(bad.getMessage()));
            return Optional.empty();
        }
    }

    private void problem(Word word, String message) {
        workshop.problems().error("haproxy.check", word.span(), message);
    }
}
