package dev.fairlead.dialect.haproxy.build.check;

import dev.fairlead.dialect.haproxy.build.workshop.Parameters;
import dev.fairlead.dialect.haproxy.build.workshop.Workshop;
import dev.fairlead.dialect.haproxy.scope.Entry;
import dev.fairlead.dialect.haproxy.scope.Proxy;
import dev.fairlead.dialect.haproxy.syntax.Word;
import dev.fairlead.dialect.haproxy.value.Figures;
import dev.fairlead.model.net.Address;
import dev.fairlead.model.net.ProxyProtocol;
import dev.fairlead.model.tls.TlsClient;
import dev.fairlead.model.upstream.HealthCheck;
import dev.fairlead.model.upstream.HealthCheck.Leg;
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
public final class Checks {
    private static final Duration USUAL_INTERVAL = Duration.ofSeconds(2);
    private static final int USUAL_RISE = 2;
    private static final int USUAL_FALL = 3;
    private static final int MOST = 1_000_000;
    private static final String CONNECT = "tcp-check connect";

    private final Workshop workshop;
    private final Proxy backend;

    public Checks(Workshop workshop, Proxy backend) {
        this.workshop = workshop;
        this.backend = backend;
    }

    /// @param tls how connections for requests are secured, which those for checks are as well
    /// @param header what connections for requests begin with
    public Optional<HealthCheck> of(
            Parameters given, Optional<TlsClient> tls, Optional<ProxyProtocol> header, Entry server) {
        if (!given.has("check") || given.isLast("no-check", "check")) {
            return Optional.empty();
        }
        boolean isElsewhere = given.has("port") || given.has("addr");
        boolean isSecured = tls.isPresent() && (!isElsewhere || given.has("check-ssl"));
        boolean isHeaded = given.has("check-send-proxy") && !given.isLast("no-check-send-proxy", "check-send-proxy");
        Optional<ProxyProtocol> own = !isElsewhere ? header : Optional.empty();
        CheckPlaces.Usual usual = new CheckPlaces.Usual(
                isSecured ? tls : Optional.empty(),
                isHeaded ? header.or(() -> Optional.of(ProxyProtocol.VERSION_1)) : own);
        return Optional.of(new HealthCheck(
                probe(new CheckPlaces(workshop, given, server.origin(), usual), server),
                pace(given),
                number(given, "rise").orElse(USUAL_RISE),
                number(given, "fall").orElse(USUAL_FALL),
                given.find("addr").map(found -> new Address.Tcp(found.value().text(), 0)),
                number(given, "port").orElse(0),
                usual.tls(),
                usual.proxyHeader(),
                false,
                given.find("on-marked-down")
                        .filter(found -> found.value().is("shutdown-sessions"))
                        .isPresent(),
                server.origin()));
    }

    private Pace pace(Parameters given) {
        Duration interval = delay(given, "inter").orElse(USUAL_INTERVAL);
        Duration connect = workshop.limit(backend, "timeout connect", "contimeout");
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

    private Probe probe(CheckPlaces places, Entry server) {
        List<String> keywords = new ArrayList<>(ProtocolChecks.KEYWORDS);
        keywords.addAll(List.of("option httpchk", "option tcp-check"));
        Optional<Entry> kind = backend.last(keywords.toArray(String[]::new)).filter(Entry::isOn);
        if (kind.isEmpty()) {
            return new Probe.Connect();
        }
        return switch (kind.get().name()) {
            case "option httpchk" -> new HttpChecks(workshop, backend, server).probe(kind.get(), places);
            case "option tcp-check" -> dialogue(places, new CheckTexts(workshop, backend, server));
            default -> ProtocolChecks.of(kind.get());
        };
    }

    private Probe dialogue(CheckPlaces places, CheckTexts texts) {
        List<Entry> lines = backend.each(CheckTexts.with(
                "tcp-check",
                CONNECT,
                "tcp-check send",
                "tcp-check send-lf",
                "tcp-check send-binary",
                "tcp-check send-binary-lf",
                "tcp-check expect"));
        places.checkFirst(
                lines.stream().filter(line -> !CheckTexts.isSetting(line)).toList(), CONNECT);
        List<Step> steps = new ArrayList<>();
        List<Leg> legs = new ArrayList<>();
        Optional<Entry> connect = Optional.empty();
        for (Entry line : lines) {
            switch (line.name()) {
                case CONNECT -> {
                    connect.ifPresent(before -> legs.add(places.of(before, said(steps))));
                    steps.clear();
                    connect = Optional.of(line);
                }
                case "tcp-check send" -> steps.add(new Step.Send(line.text(0)));
                case "tcp-check send-lf" -> steps.add(new Step.Send(texts.text(line.arg(0))));
                case "tcp-check send-binary-lf" -> {
                    Word digits = line.arg(0).withText(texts.text(line.arg(0)));
                    steps.add(new Step.Send(bytes(digits)));
                }
                case "tcp-check set-var", "tcp-check set-var-fmt", "tcp-check unset-var" -> texts.set(line);
                case "tcp-check send-binary" -> steps.add(new Step.Send(bytes(line.arg(0))));
                default -> expect(line, steps);
            }
        }
        if (connect.isEmpty()) {
            return said(steps);
        }
        legs.add(places.of(connect.get(), said(steps)));
        return new Probe.Sequence(legs);
    }

    private static Probe said(List<Step> steps) {
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
            case "rstring" ->
                CheckTexts.regex(workshop, pattern).ifPresent(regex -> steps.add(new Step.ExpectMatch(regex, negated)));
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

    private void problem(Word word, String message) {
        workshop.problems().error("haproxy.check", word.span(), message);
    }
}
