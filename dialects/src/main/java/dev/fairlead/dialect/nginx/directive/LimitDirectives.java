package dev.fairlead.dialect.nginx.directive;

import static dev.fairlead.dialect.nginx.directive.Rows.HTTP_SERVER_LOCATION;

import dev.fairlead.dialect.Arity;
import dev.fairlead.dialect.Directive;
import dev.fairlead.dialect.nginx.scope.Assembly;
import dev.fairlead.dialect.nginx.scope.Compilation;
import dev.fairlead.dialect.nginx.scope.Context;
import dev.fairlead.dialect.nginx.scope.Group;
import dev.fairlead.dialect.nginx.scope.Http;
import dev.fairlead.dialect.nginx.scope.Level;
import dev.fairlead.dialect.nginx.scope.Setter;
import dev.fairlead.dialect.nginx.scope.Setting;
import dev.fairlead.dialect.nginx.syntax.Statement;
import dev.fairlead.dialect.nginx.syntax.Word;
import dev.fairlead.dialect.nginx.value.Numbers;
import dev.fairlead.model.http.LogLevel;
import dev.fairlead.model.http.RequestLimits;
import dev.fairlead.source.Span;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// How often and how many at once: `limit_req`, `limit_conn` and their zones.
public final class LimitDirectives {
    private static final Map<String, LogLevel> LEVELS =
            Map.of("info", LogLevel.INFO, "notice", LogLevel.NOTICE, "warn", LogLevel.WARN, "error", LogLevel.ERROR);

    private static final Setting<List<Rate>> RATES = Setting.of(Group.LIMITS, List.of());
    private static final Setting<Integer> RATE_STATUS = Setting.of(Group.LIMITS, 503);
    private static final Setting<LogLevel> RATE_LEVEL = Setting.of(Group.LIMITS, LogLevel.ERROR);
    private static final Setting<Boolean> RATE_DRY_RUN = Setting.of(Group.LIMITS, false);
    private static final Setting<List<Most>> CONNECTIONS = Setting.of(Group.LIMITS, List.of());
    private static final Setting<Integer> CONNECTION_STATUS = Setting.of(Group.LIMITS, 503);
    private static final Setting<LogLevel> CONNECTION_LEVEL = Setting.of(Group.LIMITS, LogLevel.ERROR);
    private static final Setting<Boolean> CONNECTION_DRY_RUN = Setting.of(Group.LIMITS, false);

    private LimitDirectives() {}

    private static final Set<Context> COUNTED = Rows.andStream(HTTP_SERVER_LOCATION);

    private record Rate(Word zone, int burst, int undelayed, Span origin) {}

    private record Most(Word zone, int most, Span origin) {}

    static List<Directive<Context, Setter>> rows() {
        return List.of(
                Rows.row(
                        "limit_req_zone",
                        Rows.HTTP,
                        Arity.exactly(3),
                        "Defines what requests are counted by, and the rate.",
                        LimitDirectives::requestZone),
                Rows.row(
                        "limit_req",
                        HTTP_SERVER_LOCATION,
                        Arity.between(1, 3),
                        "Bounds how often requests are taken.",
                        LimitDirectives::requests),
                status("limit_req_status", RATE_STATUS),
                Rows.choice(
                        "limit_req_log_level",
                        HTTP_SERVER_LOCATION,
                        RATE_LEVEL,
                        LEVELS,
                        "Sets the log level of refusals; delays are one lower."),
                Rows.flag("limit_req_dry_run", HTTP_SERVER_LOCATION, RATE_DRY_RUN, "Counts but refuses nothing."),
                Rows.row(
                        "limit_conn_zone",
                        Rows.HTTP_STREAM,
                        Arity.exactly(2),
                        "Defines what connections are counted by.",
                        LimitDirectives::connectionZone),
                Rows.row(
                        "limit_conn",
                        COUNTED,
                        Arity.exactly(2),
                        "Bounds how many requests, or connections of stream, are served at once.",
                        LimitDirectives::connections),
                status("limit_conn_status", CONNECTION_STATUS),
                Rows.choice(
                        "limit_conn_log_level", COUNTED, CONNECTION_LEVEL, LEVELS, "Sets the log level of refusals."),
                Rows.flag("limit_conn_dry_run", COUNTED, CONNECTION_DRY_RUN, "Counts but refuses nothing."));
    }

    private static Directive<Context, Setter> status(String name, Setting<Integer> setting) {
        return Rows.row(
                name,
                HTTP_SERVER_LOCATION,
                Arity.exactly(1),
                "Sets the status of the refusal, 400 to 599.",
                (statement, level, c) -> {
                    Optional<Integer> code = Numbers.parseInt(statement.arg(0).text());
                    if (code.isEmpty()) {
                        c.directive(statement, statement.arg(0).span(), "invalid number");
                    } else if (code.get() < 400 || code.get() > 599) {
                        c.value(statement.arg(0), "value must be between 400 and 599");
                    }
                    c.set(statement, level, setting, code.orElse(503));
                });
    }

    private record NameAndSize(String name, long bytes) {}

    private static Optional<NameAndSize> zone(Word word, Compilation c) {
        String text = word.text().substring("zone=".length());
        int colon = text.indexOf(':');
        String name = colon < 0 ? text : text.substring(0, colon);
        Optional<Long> size = colon < 0 ? Optional.empty() : Numbers.size(text.substring(colon + 1), true);
        if (name.isEmpty()) {
            c.value(word, "invalid zone name \"" + word + "\"");
            return Optional.empty();
        }
        if (size.isEmpty()) {
            c.value(word, "invalid zone size \"" + word + "\"", "for example zone=name:10m");
            return Optional.empty();
        }
        if (size.get() < 8 * 4096) {
            c.value(word, "zone \"" + word + "\" is too small", "at least 32k");
            return Optional.empty();
        }
        return Optional.of(new NameAndSize(name, size.get()));
    }

    private static void requestZone(Statement statement, Level level, Compilation c) {
        Word key = c.text(statement.arg(0));
        Optional<NameAndSize> zone = Optional.empty();
        long rate = 1000;
        for (Word word : statement.args().subList(1, statement.count())) {
            String text = word.text();
            if (text.startsWith("zone=")) {
                zone = zone(word, c);
                if (zone.isEmpty()) {
                    return;
                }
            } else if (text.startsWith("rate=")) {
                Optional<Long> parsed = rate(text.substring(5));
                if (parsed.isEmpty()) {
                    c.value(word, "invalid rate \"" + word + "\"", "for example rate=10r/s or rate=30r/m");
                    return;
                }
                rate = parsed.get();
            } else {
                c.invalidParameter(word);
                return;
            }
        }
        if (zone.isEmpty()) {
            lacksZone(statement, c);
            return;
        }
        define(statement, new Http.Zone(zone.get().name(), key, zone.get().bytes(), rate, statement.span()), c);
    }

    private static void lacksZone(Statement statement, Compilation c) {
        c.value(statement.name(), "\"" + statement.name() + "\" must have \"zone\" parameter", "for example zone=name");
    }

    private static Optional<Long> rate(String text) {
        if (text.endsWith("r/s")) {
            return Numbers.parse(text.substring(0, text.length() - 3))
                    .filter(number -> number > 0)
                    .map(number -> number * 1000);
        }
        if (text.endsWith("r/m")) {
            return Numbers.parse(text.substring(0, text.length() - 3))
                    .filter(number -> number > 0)
                    .map(number -> number * 1000 / 60);
        }
        return Numbers.parse(text).filter(number -> number > 0).map(number -> number * 1000);
    }

    private static void connectionZone(Statement statement, Level level, Compilation c) {
        Word word = statement.arg(1);
        if (!word.text().startsWith("zone=")) {
            c.invalidParameter(word);
            return;
        }
        zone(word, c)
                .ifPresent(zone -> define(
                        statement,
                        new Http.Zone(zone.name(), c.text(statement.arg(0)), zone.bytes(), 0, statement.span()),
                        c));
    }

    private static void define(Statement statement, Http.Zone zone, Compilation c) {
        Http.Zone before = c.http().zones().putIfAbsent(zone.name(), zone);
        if (before != null) {
            c.problems()
                    .error(
                            "nginx.duplicate",
                            statement.span(),
                            statement.name() + " \"" + zone.name() + "\" is already bound to key \"" + before.key()
                                    + "\"",
                            "first defined at " + before.origin());
        }
    }

    private static void requests(Statement statement, Level level, Compilation c) {
        Optional<Word> zone = Optional.empty();
        int burst = 0;
        int undelayed = 0;
        for (Word word : statement.args()) {
            String text = word.text();
            boolean numeric = text.startsWith("burst=") || text.startsWith("delay=");
            Optional<Integer> number =
                    numeric ? Numbers.parseInt(text.substring(6)).filter(value -> value > 0) : Optional.empty();
            if (text.startsWith("zone=")) {
                zone = Optional.of(word.after("zone="));
            } else if (numeric && number.isEmpty()) {
                String kind = text.startsWith("burst=") ? "burst value" : "delay value";
                c.value(word, "invalid " + kind + " \"" + word + "\"");
                return;
            } else if (text.startsWith("burst=")) {
                burst = number.orElse(0);
            } else if (text.startsWith("delay=")) {
                undelayed = number.orElse(0);
            } else if (text.equals("nodelay")) {
                undelayed = Integer.MAX_VALUE;
            } else {
                c.invalidParameter(word);
                return;
            }
        }
        if (zone.isEmpty()) {
            lacksZone(statement, c);
            return;
        }
        if (isOfOtherUse(zone.get(), true, c)) {
            return;
        }
        String name = zone.get().text();
        if (level.own(RATES).map(Level.Assigned::value).orElse(List.of()).stream()
                .anyMatch(rate -> rate.zone().is(name))) {
            c.directive(statement, zone.get().span(), "is duplicate");
            return;
        }
        level.append(RATES, new Rate(zone.get(), burst, undelayed, statement.span()), statement.span());
    }

    /// Whether the zone, where it is known already, counts something else.
    private static boolean isOfOtherUse(Word name, boolean ofRequests, Compilation c) {
        Http.Zone zone = c.http().zones().get(name.text());
        if (zone == null || ofRequests == zone.perSecondThousandths() > 0) {
            return false;
        }
        c.value(
                name,
                "the shared memory zone \"" + name + "\" is already declared for a different use",
                "defined at " + zone.origin());
        return true;
    }

    private static void connections(Statement statement, Level level, Compilation c) {
        Word zone = statement.arg(0);
        if (isOfOtherUse(zone, false, c)) {
            return;
        }
        Optional<Integer> most = Numbers.parseInt(statement.arg(1).text()).filter(number -> number > 0);
        if (level.own(CONNECTIONS).map(Level.Assigned::value).orElse(List.of()).stream()
                .anyMatch(other -> other.zone().is(zone.text()))) {
            c.directive(statement, zone.span(), "is duplicate");
        } else if (most.isEmpty()) {
            c.value(statement.arg(1), "invalid number of connections \"" + statement.arg(1) + "\"");
        } else if (most.get() > 65535) {
            c.value(statement.arg(1), "connection limit must be less 65536");
        } else {
            level.append(CONNECTIONS, new Most(zone, most.get(), statement.span()), statement.span());
        }
    }

    public static RequestLimits build(Level level, Assembly assembly) {
        List<RequestLimits.Rate> rates = level.value(RATES).stream()
                .flatMap(rate -> zone(rate.zone(), true, assembly)
                        .map(zone -> new RequestLimits.Rate(zone, rate.burst(), rate.undelayed(), rate.origin()))
                        .stream())
                .toList();
        List<RequestLimits.Connections> connections = level.value(CONNECTIONS).stream()
                .flatMap(most -> zone(most.zone(), false, assembly)
                        .map(zone -> new RequestLimits.Connections(zone, most.most(), most.origin()))
                        .stream())
                .toList();
        return new RequestLimits(
                rates,
                level.value(RATE_STATUS),
                level.value(RATE_LEVEL),
                level.value(RATE_DRY_RUN),
                connections,
                level.value(CONNECTION_STATUS),
                level.value(CONNECTION_LEVEL),
                level.value(CONNECTION_DRY_RUN));
    }

    private static Optional<RequestLimits.Zone> zone(Word name, boolean ofRequests, Assembly assembly) {
        Http.Zone zone = assembly.http().zones().get(name.text());
        if (zone == null || ofRequests != zone.perSecondThousandths() > 0) {
            String directive = ofRequests ? "limit_req_zone" : "limit_conn_zone";
            assembly.problems()
                    .error(
                            "nginx.unknown-zone",
                            name.span(),
                            "zero size shared memory zone \"" + name + "\"",
                            "define it in http with \"" + directive + "\"");
            return Optional.empty();
        }
        return Optional.of(new RequestLimits.Zone(
                zone.name(),
                assembly.templates().template(zone.key()),
                zone.bytes(),
                zone.perSecondThousandths(),
                zone.origin()));
    }
}
