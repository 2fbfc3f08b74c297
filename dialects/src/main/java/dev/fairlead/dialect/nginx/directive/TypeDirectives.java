package dev.fairlead.dialect.nginx.directive;

import static dev.fairlead.dialect.nginx.directive.Rows.HTTP_SERVER_LOCATION;
import static dev.fairlead.dialect.nginx.directive.Rows.WITH_IF;

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
import dev.fairlead.dialect.nginx.variable.Templates;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// Content types and character sets.
public final class TypeDirectives {
    /// What nginx knows when a configuration names no types.
    static final Map<String, String> FEW = Map.of("html", "text/html", "gif", "image/gif", "jpg", "image/jpeg");

    private static final Setting<Map<String, String>> TYPES = Setting.of(Group.FILES, FEW);
    private static final Setting<String> DEFAULT_TYPE = Setting.of(Group.FILES, "text/plain");
    private static final Setting<Optional<String>> CHARSET = Setting.of(Group.FILES, Optional.empty());
    private static final Setting<List<String>> CHARSET_TYPES = Setting.of(
            Group.FILES,
            List.of(
                    "text/html",
                    "text/xml",
                    "text/plain",
                    "text/vnd.wap.wml",
                    "application/javascript",
                    "application/rss+xml"));

    private TypeDirectives() {}

    static List<Directive<Context, Setter>> rows() {
        return List.of(
                Rows.block(
                        "types",
                        HTTP_SERVER_LOCATION,
                        Arity.NONE,
                        "Says which content type belongs to which file extension.",
                        TypeDirectives::types),
                Rows.value(
                        "default_type",
                        HTTP_SERVER_LOCATION,
                        DEFAULT_TYPE,
                        "Sets the content type for other extensions.",
                        (word, statement) -> Rows.Parsed.good(word.text())),
                Rows.row(
                        "charset",
                        WITH_IF,
                        Arity.exactly(1),
                        "Puts a character set into the content type.",
                        TypeDirectives::charset),
                Rows.words(
                        "charset_types",
                        HTTP_SERVER_LOCATION,
                        Arity.atLeast(1),
                        "Says which content types get the character set.",
                        TypeDirectives::charsetTypes));
    }

    private static void types(Statement statement, Level level, Compilation c) {
        Map<String, String> types =
                new TreeMap<>(level.own(TYPES).map(Level.Assigned::value).orElse(Map.of()));
        for (Statement line : c.lines(statement)) {
            String type = line.name().text();
            for (Word extension : line.args()) {
                String before = types.put(extension.text().toLowerCase(Locale.ROOT), type);
                if (before != null) {
                    c.problems()
                            .warning(
                                    "nginx.duplicate-extension",
                                    extension.span(),
                                    "duplicate extension \"" + extension + "\", content type: \"" + type
                                            + "\", previous content type: \"" + before + "\"");
                }
            }
        }
        level.reassign(TYPES, Map.copyOf(types), statement.span());
    }

    private static void charset(Statement statement, Level level, Compilation c) {
        Word word = statement.arg(0);
        if (Templates.hasVariables(word)) {
            c.problems()
                    .error(
                            "nginx.unsupported",
                            word.span(),
                            "variables in \"charset\" are not supported by Fairlead: name the character set");
            return;
        }
        c.set(statement, level, CHARSET, word.is("off") ? Optional.empty() : Optional.of(word.text()));
    }

    private static void charsetTypes(Statement statement, Level level, Compilation c) {
        Set<String> types = new LinkedHashSet<>(List.of("text/html"));
        statement.args().forEach(word -> types.add(word.text().toLowerCase(Locale.ROOT)));
        c.set(statement, level, CHARSET_TYPES, List.copyOf(types));
    }

    /// Gives a level more types than nginx's three, for a configuration that stands alone.
    public static void assumeTypes(Level level, Map<String, String> types, String otherwise) {
        level.reassign(TYPES, types, dev.fairlead.source.Span.builtIn());
        level.reassign(DEFAULT_TYPE, otherwise, dev.fairlead.source.Span.builtIn());
    }

    static Map<String, String> types(Level level) {
        return level.value(TYPES);
    }

    static String defaultType(Level level) {
        return level.value(DEFAULT_TYPE);
    }

    static Optional<String> charset(Level level) {
        return level.value(CHARSET);
    }

    static List<String> charsetTypes(Level level) {
        return level.value(CHARSET_TYPES);
    }
}
