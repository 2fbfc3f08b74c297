package dev.fairlead.dialect.pound;

import dev.fairlead.model.text.Attribute;
import dev.fairlead.model.text.Conversion;
import dev.fairlead.model.text.Regex;
import dev.fairlead.model.text.StickTable;
import dev.fairlead.model.text.Template;
import dev.fairlead.model.text.Variable;
import dev.fairlead.model.upstream.Persistence;
import dev.fairlead.source.Span;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What keeps clients at the server that they had before: a table with the key that the session's kind says.
final class Sessions {
    private static final int LONGEST_KEY = 256;
    private static final long MOST_SESSIONS = 1_000_000;

    private final Reading reading;

    Sessions(Reading reading) {
        this.reading = reading;
    }

    /// The name of a service's table.
    static String table(String service) {
        return "sessions of " + service;
    }

    List<Persistence> of(Statement session, String service) {
        Span at = session.origin();
        Optional<Statement> type = session.last("Type");
        Optional<Duration> life = session.last("TTL").flatMap(reading::seconds);
        if (type.isEmpty() || session.last("TTL").isEmpty()) {
            String what = type.isEmpty() ? "Type" : "TTL";
            reading.problems()
                    .error("pound.missing", at, "\"Session\" without \"" + what + "\"", "a session needs Type and TTL");
            return List.of();
        }
        String kind = type.get().text(0).toUpperCase(Locale.ROOT);
        if (List.of("URL", "COOKIE", "HEADER").contains(kind)
                && session.last("ID").isEmpty()) {
            reading.problems()
                    .error(
                            "pound.missing",
                            at,
                            "\"Session\" of type " + kind + " without \"ID\"",
                            "ID \"sid\" says its name");
            return List.of();
        }
        String id = session.last("ID").map(statement -> statement.text(0)).orElse("");
        StickTable table = new StickTable(
                table(service), StickTable.Key.TEXT, LONGEST_KEY, MOST_SESSIONS, true, life, List.of(), at);
        return key(kind, id, type.get())
                .map(key -> remembered(kind, id, key, table, at))
                .orElse(List.of());
    }

    private static List<Persistence> remembered(String kind, String id, Variable key, StickTable table, Span at) {
        List<Persistence> found = new ArrayList<>();
        found.add(new Persistence.Remembered(
                table,
                Template.of(key, at),
                Optional.empty(),
                List.of(Persistence.Moment.LOOK_UP, Persistence.Moment.REQUEST),
                at));
        Optional<Variable> answered = switch (kind) {
            case "COOKIE" -> Optional.of(new Variable.UpstreamCookie(id));
            case "HEADER" -> Optional.of(new Variable.UpstreamHeader(id.toLowerCase(Locale.ROOT)));
            default -> Optional.empty();
        };
        answered.ifPresent(variable -> found.add(new Persistence.Remembered(
                table, Template.of(variable, at), Optional.empty(), List.of(Persistence.Moment.ANSWER), at)));
        return found;
    }

    private Optional<Variable> key(String kind, String id, Statement type) {
        Variable query = new Variable.Builtin(Attribute.QUERY);
        return switch (kind) {
            case "IP" -> Optional.of(new Variable.Builtin(Attribute.CLIENT_ADDRESS));
            case "BASIC" -> Optional.of(new Variable.Builtin(Attribute.USER));
            case "URL" -> Optional.of(new Variable.Converted(query, new Conversion.Parameter(id, '&', false)));
            case "COOKIE" ->
                Optional.of(new Variable.Converted(
                        new Variable.RequestHeader("cookie"), new Conversion.Parameter(id, ';', false)));
            case "HEADER" -> Optional.of(new Variable.RequestHeader(id.toLowerCase(Locale.ROOT)));
            case "PARM" ->
                Optional.of(new Variable.Converted(
                        new Variable.Builtin(Attribute.RAW_PATH),
                        new Conversion.Replaced(
                                new Regex("^[^;]*;?(.*)$", "parameter", false, List.of(), 1, type.origin()),
                                Template.of(new Variable.Capture(1), type.origin()),
                                false)));
            default -> {
                reading.problems()
                        .error(
                                "pound.session",
                                type.arg(0).span(),
                                "unknown session type \"" + type.text(0) + "\"",
                                "one of IP, BASIC, URL, PARM, COOKIE, HEADER");
                yield Optional.empty();
            }
        };
    }
}
