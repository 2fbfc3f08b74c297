package dev.fairlead.engine.route;

import dev.fairlead.model.http.Location;
import dev.fairlead.model.http.Rule;
import dev.fairlead.model.text.Attribute;
import dev.fairlead.model.text.Regex;
import dev.fairlead.model.text.Template;
import dev.fairlead.model.text.Variable;
import dev.fairlead.source.Span;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Model values as tests write them.
public final class Written {
    public static final Span HERE = Span.builtIn();
    private static final Pattern PIECE = Pattern.compile("\\$(\\w+)|[^$]+");
    private static final Map<String, Attribute> NAMES = Map.of(
            "uri", Attribute.PATH,
            "args", Attribute.QUERY,
            "is_args", Attribute.QUERY_MARK,
            "host", Attribute.HOST,
            "remote_addr", Attribute.CLIENT_ADDRESS,
            "request", Attribute.REQUEST_LINE,
            "status", Attribute.STATUS,
            "request_method", Attribute.METHOD,
            "server_name", Attribute.SERVER_NAME,
            "scheme", Attribute.SCHEME);
    private static final Map<String, Integer> SLOTS = new HashMap<>();

    private Written() {}

    /// A template in the usual notation: `$uri`, `$arg_x`, `$http_x`, `$cookie_x`, `$1`, and any other name for
    /// a custom variable.
    public static Template text(String written) {
        List<Template.Part> parts = new ArrayList<>();
        Matcher pieces = PIECE.matcher(written);
        while (pieces.find()) {
            String name = pieces.group(1);
            parts.add(
                    name == null
                            ? new Template.Part.Literal(pieces.group())
                            : new Template.Part.Reference(variable(name)));
        }
        return new Template(parts, HERE);
    }

    /// Variables, and texts between them.
    static Template of(Object... parts) {
        return new Template(
                Arrays.stream(parts)
                        .<Template.Part>map(part -> part instanceof Variable variable
                                ? new Template.Part.Reference(variable)
                                : new Template.Part.Literal(part.toString()))
                        .toList(),
                HERE);
    }

    public static Variable variable(String name) {
        Attribute attribute = NAMES.get(name);
        if (attribute != null) {
            return new Variable.Builtin(attribute);
        }
        if (name.matches("\\d")) {
            return new Variable.Capture(Integer.parseInt(name));
        }
        if (name.startsWith("arg_")) {
            return new Variable.QueryArgument(name.substring(4));
        }
        if (name.startsWith("http_")) {
            return new Variable.RequestHeader(name.substring(5).replace('_', '-'));
        }
        if (name.startsWith("cookie_")) {
            return new Variable.Cookie(name.substring(7));
        }
        return custom(name);
    }

    public static Variable.Custom custom(String name) {
        synchronized (SLOTS) {
            return new Variable.Custom(name, SLOTS.computeIfAbsent(name, fresh -> SLOTS.size()));
        }
    }

    /// An expression; names of its groups become custom variables.
    public static Regex regex(String pattern) {
        Pattern compiled = Pattern.compile(pattern);
        List<Regex.NamedGroup> names = compiled.namedGroups().entrySet().stream()
                .map(group -> new Regex.NamedGroup(group.getValue(), custom(group.getKey())))
                .toList();
        return new Regex(pattern, pattern, false, names, compiled.matcher("").groupCount(), HERE);
    }

    public static Rule answer(int status, String content) {
        return new Rule.Answer(status, Optional.of(text(content)), HERE);
    }

    public static Rule answer(int status) {
        return new Rule.Answer(status, Optional.empty(), HERE);
    }

    public static Rule set(String name, String value) {
        return new Rule.Assign(variable(name), text(value), HERE);
    }

    /// @param replacement a question mark at its end drops the request's own query
    public static Rule rewrite(String pattern, String replacement, Rule.Rewrite.Flow flow) {
        boolean drops = replacement.endsWith("?");
        String kept = drops ? replacement.substring(0, replacement.length() - 1) : replacement;
        return new Rule.Rewrite(regex(pattern), text(kept), !drops, flow, false, HERE);
    }

    /// `= /a`, `^~ /a`, `~ a$`, `@a`, `/a`; with a `+` in front of a path, the path without its slash is
    /// redirected.
    public static Location.Match match(String written) {
        int space = written.startsWith("/") ? -1 : written.indexOf(' ');
        String behind = written.substring(space + 1);
        return switch (space < 0 ? written.substring(0, 1) : written.substring(0, space)) {
            case "=" -> new Location.Match.Exact(behind, false);
            case "^~" -> new Location.Match.Prefix(behind, true, false);
            case "~" -> new Location.Match.Expression(regex(behind));
            case "@" -> new Location.Match.Named(behind.substring(1));
            case "+" -> new Location.Match.Prefix(behind, false, true);
            default -> new Location.Match.Prefix(behind, false, false);
        };
    }
}
