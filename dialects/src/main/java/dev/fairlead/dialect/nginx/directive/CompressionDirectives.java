package dev.fairlead.dialect.nginx.directive;

import static dev.fairlead.dialect.nginx.directive.Rows.HTTP_SERVER_LOCATION;

import dev.fairlead.dialect.Arity;
import dev.fairlead.dialect.Directive;
import dev.fairlead.dialect.nginx.scope.Compilation;
import dev.fairlead.dialect.nginx.scope.Context;
import dev.fairlead.dialect.nginx.scope.Group;
import dev.fairlead.dialect.nginx.scope.Level;
import dev.fairlead.dialect.nginx.scope.Setter;
import dev.fairlead.dialect.nginx.scope.Setting;
import dev.fairlead.dialect.nginx.syntax.Statement;
import dev.fairlead.dialect.nginx.syntax.Word;
import dev.fairlead.dialect.nginx.value.Numbers;
import dev.fairlead.model.http.Compression;
import dev.fairlead.model.http.Compression.Proxied;
import dev.fairlead.model.text.Regex;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Compression of responses.
public final class CompressionDirectives {
    private static final Setting<Boolean> ENABLED = Setting.of(Group.COMPRESSION, false);
    private static final Setting<Set<String>> TYPES = Setting.of(Group.COMPRESSION, Set.of("text/html"));
    private static final Setting<Integer> LEVEL = Setting.of(Group.COMPRESSION, 1);
    private static final Setting<Integer> MIN_LENGTH = Setting.of(Group.COMPRESSION, 20);
    private static final Setting<Boolean> HTTP_1_0 = Setting.of(Group.COMPRESSION, false);
    private static final Setting<Set<Proxied>> PROXIED = Setting.of(Group.COMPRESSION, Set.of());
    private static final Setting<Boolean> VARY = Setting.of(Group.COMPRESSION, false);
    private static final Setting<List<Regex>> DISABLED = Setting.of(Group.COMPRESSION, List.of());
    private static final Setting<Boolean> GUNZIP = Setting.of(Group.COMPRESSION, false);

    private CompressionDirectives() {}

    static List<Directive<Context, Setter>> rows() {
        return List.of(
                Rows.flag("gzip", Rows.WITH_IF, ENABLED, "Compresses responses."),
                Rows.types("gzip_types", TYPES, "Says which content types are compressed besides text/html."),
                Rows.row(
                        "gzip_comp_level",
                        HTTP_SERVER_LOCATION,
                        Arity.exactly(1),
                        "Sets how hard to compress, 1 to 9.",
                        CompressionDirectives::level),
                Rows.size("gzip_min_length", HTTP_SERVER_LOCATION, MIN_LENGTH, "Leaves shorter responses alone."),
                Rows.choice(
                        "gzip_http_version",
                        HTTP_SERVER_LOCATION,
                        HTTP_1_0,
                        Map.of("1.0", true, "1.1", false),
                        "Sets the least HTTP version of requests whose responses are compressed."),
                Rows.bits(
                        "gzip_proxied",
                        HTTP_SERVER_LOCATION,
                        PROXIED,
                        Map.of(
                                "off", Set.of(),
                                "expired", Set.of(Proxied.EXPIRED),
                                "no-cache", Set.of(Proxied.NO_CACHE),
                                "no-store", Set.of(Proxied.NO_STORE),
                                "private", Set.of(Proxied.PRIVATE),
                                "no_last_modified", Set.of(Proxied.NO_LAST_MODIFIED),
                                "no_etag", Set.of(Proxied.NO_ETAG),
                                "auth", Set.of(Proxied.AUTHORISED),
                                "any", Set.of(Proxied.ANY)),
                        "Says which responses to requests from proxies are compressed."),
                Rows.flag("gzip_vary", HTTP_SERVER_LOCATION, VARY, "Sends Vary: Accept-Encoding."),
                Rows.words(
                        "gzip_disable",
                        HTTP_SERVER_LOCATION,
                        Arity.atLeast(1),
                        "Compresses nothing for browsers that the expressions match.",
                        CompressionDirectives::disable),
                Rows.flag("gunzip", HTTP_SERVER_LOCATION, GUNZIP, "Expands responses for clients that cannot."));
    }

    private static void level(Statement statement, Level level, Compilation c) {
        if (Rows.isDuplicate(statement, level, LEVEL, c)) {
            return;
        }
        Optional<Integer> number = Numbers.parseInt(statement.arg(0).text());
        if (number.isEmpty()) {
            c.directive(statement, statement.arg(0).span(), "invalid number");
        } else if (number.get() < 1 || number.get() > 9) {
            c.value(statement.arg(0), "value must be between 1 and 9");
        }
        c.set(statement, level, LEVEL, number.orElse(1));
    }

    private static void disable(Statement statement, Level level, Compilation c) {
        List<Regex> disabled =
                new ArrayList<>(level.own(DISABLED).map(Level.Assigned::value).orElse(List.of()));
        for (Word word : statement.args()) {
            Word expression = word.is("msie6") ? new Word("MSIE [4-6]\\.(?!.*SV1)", word.span()) : word;
            Expressions.regex(expression, true, c).ifPresent(disabled::add);
        }
        level.reassign(DISABLED, List.copyOf(disabled), statement.span());
    }

    public static Compression build(Level level) {
        return new Compression(
                level.value(ENABLED),
                level.value(TYPES),
                level.value(LEVEL),
                level.value(MIN_LENGTH),
                level.value(HTTP_1_0),
                level.value(PROXIED),
                level.value(VARY),
                level.value(DISABLED),
                level.value(GUNZIP));
    }
}
