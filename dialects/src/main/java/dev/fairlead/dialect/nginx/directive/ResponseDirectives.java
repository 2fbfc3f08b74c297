package dev.fairlead.dialect.nginx.directive;

import static dev.fairlead.dialect.nginx.directive.Rows.HTTP_SERVER_LOCATION;
import static dev.fairlead.dialect.nginx.directive.Rows.WITH_IF;

import dev.fairlead.dialect.Arity;
import dev.fairlead.dialect.Directive;
import dev.fairlead.dialect.nginx.scope.Assembly;
import dev.fairlead.dialect.nginx.scope.Compilation;
import dev.fairlead.dialect.nginx.scope.Context;
import dev.fairlead.dialect.nginx.scope.Group;
import dev.fairlead.dialect.nginx.scope.Level;
import dev.fairlead.dialect.nginx.scope.Setter;
import dev.fairlead.dialect.nginx.scope.Setting;
import dev.fairlead.dialect.nginx.syntax.Statement;
import dev.fairlead.dialect.nginx.syntax.Word;
import dev.fairlead.dialect.nginx.value.Times;
import dev.fairlead.dialect.nginx.variable.Templates;
import dev.fairlead.model.http.ResponseHeaders;
import dev.fairlead.model.http.ResponseHeaders.Expiry;
import dev.fairlead.model.http.ResponseHeaders.ServerField;
import dev.fairlead.source.Span;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Header fields of responses.
public final class ResponseDirectives {
    private static final Setting<List<Field>> FIELDS = Setting.of(Group.RESPONSE, List.of());
    private static final Setting<List<Field>> TRAILERS = Setting.of(Group.RESPONSE, List.of());
    private static final Setting<Expires> EXPIRES = Setting.of(Group.RESPONSE, new Expires.Off());
    private static final Setting<ServerField> SERVER = Setting.of(Group.RESPONSE, ServerField.NAME_AND_VERSION);
    private static final Setting<Boolean> CHUNKED = Setting.of(Group.RESPONSE, true);
    private static final long DAY = 86_400;

    private ResponseDirectives() {}

    private record Field(Word name, Word value, boolean always, Span origin) {}

    private sealed interface Expires {
        record Off() implements Expires {}

        record Known(Expiry expiry) implements Expires {}

        record Computed(Word word) implements Expires {}
    }

    static List<Directive<Context, Setter>> rows() {
        return List.of(
                Rows.row(
                        "add_header",
                        WITH_IF,
                        Arity.between(2, 3),
                        "Adds a header field to responses; replaces those added on outer levels.",
                        (statement, level, c) -> field(statement, level, c, FIELDS)),
                Rows.row(
                        "add_trailer",
                        WITH_IF,
                        Arity.between(2, 3),
                        "Adds a field behind the body.",
                        (statement, level, c) -> field(statement, level, c, TRAILERS)),
                Rows.row(
                        "expires",
                        WITH_IF,
                        Arity.between(1, 2),
                        "Sets Expires and Cache-Control.",
                        ResponseDirectives::expires),
                Rows.choice(
                        "server_tokens",
                        HTTP_SERVER_LOCATION,
                        SERVER,
                        Map.of(
                                "on", ServerField.NAME_AND_VERSION,
                                "off", ServerField.NAME,
                                "build", ServerField.NAME_AND_BUILD),
                        "Says how much the Server field tells."),
                Rows.flag(
                        "chunked_transfer_encoding",
                        HTTP_SERVER_LOCATION,
                        CHUNKED,
                        "Sends bodies of unknown length in chunks."));
    }

    private static void field(Statement statement, Level level, Compilation c, Setting<List<Field>> setting) {
        boolean always = statement.count() == 3;
        if (always && !statement.arg(2).is("always")) {
            c.invalidParameter(statement.arg(2));
            return;
        }
        Field field = new Field(statement.arg(0), c.text(statement.arg(1)), always, statement.span());
        level.append(setting, field, statement.span());
    }

    private static void expires(Statement statement, Level level, Compilation c) {
        if (Rows.isDuplicate(statement, level, EXPIRES, c)) {
            return;
        }
        boolean modified = statement.count() == 2;
        if (modified && !statement.arg(0).is("modified")) {
            c.directive(statement, statement.arg(0).span(), "invalid value", "only \"modified\" may stand here");
            return;
        }
        Word word = statement.arg(modified ? 1 : 0);
        if (Templates.hasVariables(word)) {
            c.set(statement, level, EXPIRES, new Expires.Computed(c.text(word)));
            return;
        }
        Optional<Expires> parsed = parse(word.text(), modified);
        if (parsed.isEmpty()) {
            c.directive(
                    statement, word.span(), "invalid value", "expected epoch, max, off, a time, or @time of the day");
        }
        c.set(statement, level, EXPIRES, parsed.orElse(new Expires.Off()));
    }

    private static Optional<Expires> parse(String text, boolean modified) {
        Optional<Expires> named = switch (text) {
            case "epoch" -> Optional.of(new Expires.Known(new Expiry.Epoch()));
            case "max" -> Optional.of(new Expires.Known(new Expiry.Max()));
            case "off" -> Optional.of(new Expires.Off());
            default -> Optional.empty();
        };
        if (named.isPresent()) {
            return modified ? Optional.empty() : named;
        }
        if (text.startsWith("@")) {
            return Times.seconds(text.substring(1))
                    .map(Duration::toSeconds)
                    .filter(second -> second < DAY && !modified)
                    .map(second -> new Expires.Known(new Expiry.AtTimeOfDay(second.intValue())));
        }
        boolean negative = text.startsWith("-");
        String time = negative || text.startsWith("+") ? text.substring(1) : text;
        return Times.seconds(time).map(Duration::toSeconds).map(seconds -> {
            long signed = negative ? -seconds : seconds;
            return new Expires.Known(modified ? new Expiry.AfterModified(signed) : new Expiry.AfterNow(signed));
        });
    }

    public static ResponseHeaders build(Level level, Assembly assembly) {
        Optional<Expiry> expiry = switch (level.value(EXPIRES)) {
            case Expires.Off off -> Optional.empty();
            case Expires.Known known -> Optional.of(known.expiry());
            case Expires.Computed computed ->
                Optional.of(new Expiry.Computed(assembly.templates().template(computed.word())));
        };
        return new ResponseHeaders(
                additions(level.value(FIELDS), assembly),
                additions(level.value(TRAILERS), assembly),
                expiry,
                level.value(SERVER),
                level.value(CHUNKED),
                HeadersMoreDirectives.rules(level, assembly),
                List.of(),
                List.of());
    }

    private static List<ResponseHeaders.Addition> additions(List<Field> fields, Assembly assembly) {
        return fields.stream()
                .map(field -> new ResponseHeaders.Addition(
                        field.name().text(),
                        assembly.templates().template(field.value()),
                        field.always(),
                        field.origin()))
                .toList();
    }
}
