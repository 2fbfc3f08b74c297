package dev.fairlead.dialect.nginx.directive;

import static dev.fairlead.dialect.nginx.directive.Rows.HTTP;
import static dev.fairlead.dialect.nginx.directive.Rows.HTTP_SERVER_LOCATION;

import dev.fairlead.dialect.Arity;
import dev.fairlead.dialect.Directive;
import dev.fairlead.dialect.Support;
import dev.fairlead.dialect.nginx.scope.Compilation;
import dev.fairlead.dialect.nginx.scope.Context;
import dev.fairlead.dialect.nginx.scope.Group;
import dev.fairlead.dialect.nginx.scope.Level;
import dev.fairlead.dialect.nginx.scope.Setter;
import dev.fairlead.dialect.nginx.scope.Setting;
import dev.fairlead.dialect.nginx.syntax.Statement;
import dev.fairlead.dialect.nginx.syntax.Word;
import dev.fairlead.dialect.nginx.value.Numbers;
import dev.fairlead.dialect.nginx.value.Times;
import dev.fairlead.source.Span;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// nginx's cache of answers. There is none: every request goes to the other server, as it does in nginx while its
/// cache is empty. What is said about the cache is checked as nginx checks it and left aside, with a warning
/// wherever one is switched on.
final class CacheDirectives {
    private static final String NONE = "nothing is cached, every request goes to the server";
    private static final String IDLE = "there is no disk cache yet";
    private static final long SMALLEST_ZONE = 2 * 4096;
    private static final Set<String> NUMBERS = Set.of("loader_files", "manager_files");
    private static final Set<String> TIMES =
            Set.of("loader_sleep", "loader_threshold", "manager_sleep", "manager_threshold");

    private static final Map<String, Set<String>> STALE = each(
            "error timeout invalid_header updating http_500 http_502 http_503 http_504 http_403 http_404 http_429 off");
    private static final Map<String, Set<String>> METHODS = each("GET HEAD POST");

    private static final Setting<Optional<Word>> CACHE = setting(Optional.empty());
    private static final Setting<Optional<Word>> KEY = setting(Optional.empty());

    private CacheDirectives() {}

    private static Map<String, Set<String>> each(String words) {
        return Stream.of(words.split(" ")).collect(Collectors.toMap(word -> word, Set::of));
    }

    private static <T> Setting<T> setting(T byDefault) {
        return Setting.of(Group.PROXY, byDefault);
    }

    static List<Directive<Context, Setter>> rows() {
        return List.of(
                aside(words("proxy_cache", Arity.exactly(1), CacheDirectives::cache), NONE, true),
                aside(Rows.words("proxy_cache_path", HTTP, Arity.atLeast(2), "", CacheDirectives::path)),
                aside(words("proxy_cache_valid", Arity.atLeast(1), CacheDirectives::valid)),
                aside(words("proxy_cache_key", Arity.exactly(1), CacheDirectives::key)),
                aside(words("proxy_cache_bypass", Arity.atLeast(1), CacheDirectives::texts)),
                aside(words("proxy_no_cache", Arity.atLeast(1), CacheDirectives::texts)),
                aside(Rows.bits("proxy_cache_use_stale", HTTP_SERVER_LOCATION, setting(Set.of()), STALE, "")),
                aside(Rows.bits("proxy_cache_methods", HTTP_SERVER_LOCATION, setting(Set.of()), METHODS, "")),
                aside(Rows.number("proxy_cache_min_uses", HTTP_SERVER_LOCATION, setting(1), "")),
                aside(Rows.offset("proxy_cache_max_range_offset", HTTP_SERVER_LOCATION, setting(0L), "")),
                millis("proxy_cache_lock_timeout"),
                millis("proxy_cache_lock_age"),
                flag("proxy_cache_lock"),
                flag("proxy_cache_revalidate"),
                flag("proxy_cache_background_update"),
                flag("proxy_cache_convert_head"));
    }

    private static Directive<Context, Setter> words(String name, Arity arity, Setter setter) {
        return Rows.words(name, HTTP_SERVER_LOCATION, arity, "", setter);
    }

    private static Directive<Context, Setter> flag(String name) {
        return aside(Rows.flag(name, HTTP_SERVER_LOCATION, setting(false), ""));
    }

    private static Directive<Context, Setter> millis(String name) {
        return aside(Rows.millis(name, HTTP_SERVER_LOCATION, setting(Duration.ZERO), ""));
    }

    private static Directive<Context, Setter> aside(Directive<Context, Setter> row) {
        return aside(row, IDLE, false);
    }

    private static Directive<Context, Setter> aside(Directive<Context, Setter> row, String reason, boolean noticeable) {
        return new Directive<>(
                row.name(),
                row.contexts(),
                row.arity(),
                false,
                true,
                "",
                new Support.WithoutEffect(reason, noticeable),
                row.setter());
    }

    private static void cache(Statement statement, Level level, Compilation c) {
        Word name = c.text(statement.arg(0));
        c.set(statement, level, CACHE, Optional.of(name));
        if (!name.is("off") && name.text().indexOf('$') < 0) {
            c.http().usedCaches().add(name);
        }
    }

    private static void key(Statement statement, Level level, Compilation c) {
        c.set(statement, level, KEY, Optional.of(c.text(statement.arg(0))));
    }

    private static void texts(Statement statement, Level level, Compilation c) {
        statement.args().forEach(c::text);
    }

    private static void valid(Statement statement, Level level, Compilation c) {
        Word time = statement.arg(statement.count() - 1);
        if (Times.seconds(time.text()).isEmpty()) {
            c.value(time, "invalid time value \"" + time + "\"", "a time such as 10m or 1d");
            return;
        }
        for (Word status : statement.args().subList(0, statement.count() - 1)) {
            if (!status.is("any")
                    && Numbers.parseInt(status.text())
                            .filter(code -> code >= 100 && code <= 599)
                            .isEmpty()) {
                c.value(status, "invalid status \"" + status + "\"", "100 to 599, or \"any\"");
                return;
            }
        }
    }

    private static void path(Statement statement, Level level, Compilation c) {
        Optional<String> zone = Optional.empty();
        for (Word word : statement.args().subList(1, statement.count())) {
            int equals = word.text().indexOf('=');
            String name = equals < 0 ? "" : word.text().substring(0, equals);
            String value = word.text().substring(equals + 1);
            if (name.equals("keys_zone")) {
                zone = zone(word, value, c);
                if (zone.isEmpty()) {
                    return;
                }
                continue;
            }
            Optional<String> complaint = complaint(name, value, word);
            if (complaint.isPresent()) {
                c.value(word, complaint.get());
                return;
            }
        }
        if (zone.filter(name -> !name.isEmpty()).isEmpty()) {
            c.value(
                    statement.name(),
                    "\"" + statement.name() + "\" must have \"keys_zone\" parameter",
                    "for example keys_zone=name:10m");
            return;
        }
        define(statement, zone.get(), c);
    }

    private static void define(Statement statement, String zone, Compilation c) {
        Span before = c.http().caches().putIfAbsent(zone, statement.span());
        if (before != null) {
            c.problems()
                    .error(
                            "nginx.duplicate",
                            statement.span(),
                            "duplicate zone \"" + zone + "\"",
                            "first defined at " + before);
        }
    }

    private static Optional<String> zone(Word word, String value, Compilation c) {
        int colon = value.indexOf(':');
        Optional<Long> size = colon < 0 ? Optional.empty() : Numbers.size(value.substring(colon + 1), true);
        if (size.isEmpty()) {
            c.value(word, "invalid keys zone size \"" + word + "\"", "for example keys_zone=name:10m");
            return Optional.empty();
        }
        if (size.get() < SMALLEST_ZONE) {
            c.value(word, "keys zone \"" + word + "\" is too small", "at least 8k");
            return Optional.empty();
        }
        return Optional.of(value.substring(0, colon));
    }

    private static Optional<String> complaint(String name, String value, Word word) {
        String bad = "invalid " + name + " value \"" + word + "\"";
        return switch (name) {
            case "levels" -> unless(value.matches("([12](:[12]){0,2})?"), "invalid \"levels\" \"" + word + "\"");
            case "use_temp_path" ->
                unless(value.equals("on") || value.equals("off"), bad + ", it must be \"on\" or \"off\"");
            case "inactive" -> unless(Times.seconds(value).isPresent(), bad);
            case "max_size", "min_free" -> unless(Numbers.size(value, true).isPresent(), bad);
            case String number
            when NUMBERS.contains(number) -> unless(Numbers.parseInt(value).isPresent(), bad);
            case String time
            when TIMES.contains(time) -> unless(Times.millis(value).isPresent(), bad);
            case String other -> Optional.of("invalid parameter \"" + word + "\"");
        };
    }

    private static Optional<String> unless(boolean good, String complaint) {
        return good ? Optional.empty() : Optional.of(complaint);
    }
}
