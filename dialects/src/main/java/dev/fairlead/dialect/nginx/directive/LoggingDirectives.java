package dev.fairlead.dialect.nginx.directive;

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
import dev.fairlead.dialect.nginx.value.Times;
import dev.fairlead.model.http.LogLevel;
import dev.fairlead.model.http.Logging;
import dev.fairlead.model.text.Template;
import dev.fairlead.source.Span;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What is logged, where, in which form.
public final class LoggingDirectives {
    private static final String COMBINED = "combined";
    private static final String COMBINED_LINE = "$remote_addr - $remote_user [$time_local] \"$request\" $status"
            + " $body_bytes_sent \"$http_referer\" \"$http_user_agent\"";
    private static final int BUFFER = 64 * 1024;

    private static final Set<Context> ACCESS_CONTEXTS = Rows.andStream(
            EnumSet.of(Context.HTTP, Context.SERVER, Context.LOCATION, Context.LOCATION_IF, Context.LIMIT_EXCEPT));
    private static final Set<Context> ERROR_CONTEXTS =
            Rows.andStream(EnumSet.of(Context.MAIN, Context.HTTP, Context.SERVER, Context.LOCATION));
    private static final Map<String, Logging.Escaping> ESCAPINGS = Map.of(
            "escape=default", Logging.Escaping.HEXADECIMAL,
            "escape=json", Logging.Escaping.JSON,
            "escape=none", Logging.Escaping.NONE);

    private static final Setting<Optional<List<Access>>> ACCESS = Setting.of(Group.LOGGING, Optional.empty());
    private static final Setting<List<Errors>> ERRORS = Setting.of(Group.LOGGING, List.of());

    private LoggingDirectives() {}

    private record Access(
            Word target, String format, Optional<Word> condition, int buffer, Optional<Duration> flush, Span origin) {}

    private record Errors(Logging.Target target, LogLevel least, Span origin) {}

    static List<Directive<Context, Setter>> rows() {
        return List.of(
                Rows.words(
                        "log_format",
                        Rows.HTTP_STREAM,
                        Arity.atLeast(2),
                        "Gives a form of log lines a name.",
                        LoggingDirectives::format),
                Rows.row(
                        "access_log",
                        ACCESS_CONTEXTS,
                        Arity.atLeast(1),
                        "Logs requests; replaces the logs of outer levels.",
                        LoggingDirectives::access),
                Rows.row(
                        "error_log",
                        ERROR_CONTEXTS,
                        Arity.atLeast(1),
                        "Logs errors from a level of gravity on.",
                        LoggingDirectives::errors));
    }

    private static void format(Statement statement, Level level, Compilation c) {
        String name = statement.arg(0).text();
        Http.Format before = c.http().formats().get(name);
        if (before != null || name.equals(COMBINED)) {
            c.problems()
                    .error(
                            "nginx.duplicate",
                            statement.arg(0).span(),
                            "duplicate \"log_format\" name \"" + name + "\"",
                            before == null ? "\"combined\" is built in" : "first defined at " + before.origin());
            return;
        }
        Word second = statement.arg(1);
        boolean escaped = second.text().startsWith("escape=");
        Logging.Escaping escaping = escaped ? ESCAPINGS.get(second.text()) : Logging.Escaping.HEXADECIMAL;
        if (escaping == null) {
            c.value(
                    second,
                    "unknown log format escaping \"" + second.text().substring(7) + "\"",
                    "one of: default, json, none");
            return;
        }
        List<Word> line = statement.args().subList(escaped ? 2 : 1, statement.count());
        line.forEach(c::text);
        c.http().formats().put(name, new Http.Format(name, line, escaping, statement.span()));
    }

    private static void access(Statement statement, Level level, Compilation c) {
        Word target = statement.arg(0);
        if (target.is("off")) {
            if (statement.count() > 1) {
                c.invalidParameter(statement.arg(1));
            }
            level.reassign(ACCESS, Optional.of(List.of()), statement.span());
            return;
        }
        boolean isStream = Rows.STREAM_ALL.contains(level.context());
        if (isStream && statement.count() == 1) {
            c.problems()
                    .error(
                            "nginx.log-format",
                            statement.span(),
                            "log format is not specified",
                            "connections have no form of their own: name a \"log_format\" of the stream block");
            return;
        }
        String format = statement.count() > 1 ? statement.arg(1).text() : COMBINED;
        if ((isStream || !format.equals(COMBINED)) && !c.http().formats().containsKey(format)) {
            c.problems()
                    .add(dev.fairlead.source.Diagnostic.error(
                                    "nginx.log-format",
                                    statement.arg(1).span(),
                                    "unknown log format \"" + format + "\"")
                            .hint(dev.fairlead.unit.Suggestion.nearest(
                                            format, c.http().formats().keySet())
                                    .map(near -> "did you mean \"" + near + "\"?")
                                    .or(() -> Optional.of("a \"log_format\" must stand above its use"))));
            return;
        }
        Optional<Access> log = parameters(statement, format, c);
        List<Access> logs =
                new ArrayList<>(level.own(ACCESS).flatMap(Level.Assigned::value).orElse(List.of()));
        log.ifPresent(logs::add);
        level.reassign(ACCESS, Optional.of(List.copyOf(logs)), statement.span());
    }

    private static Optional<Access> parameters(Statement statement, String format, Compilation c) {
        int buffer = 0;
        Optional<Duration> flush = Optional.empty();
        Optional<Word> condition = Optional.empty();
        for (Word word : statement.args().subList(Math.min(2, statement.count()), statement.count())) {
            String text = word.text();
            if (text.startsWith("buffer=")) {
                Optional<Integer> size = Rows.smallSize(text.substring(7)).filter(bytes -> bytes > 0);
                if (size.isEmpty()) {
                    c.value(word, "invalid buffer size \"" + text.substring(7) + "\"");
                }
                buffer = size.orElse(0);
            } else if (text.startsWith("flush=")) {
                flush = Times.millis(text.substring(6)).filter(Duration::isPositive);
                if (flush.isEmpty()) {
                    c.value(word, "invalid flush time \"" + text.substring(6) + "\"");
                }
            } else if (text.startsWith("if=")) {
                condition = Optional.of(c.text(word.after("if=")));
            } else if (text.equals("gzip") || text.startsWith("gzip=")) {
                buffer = buffer == 0 ? BUFFER : buffer;
                c.problems()
                        .warning(
                                "nginx.without-effect",
                                word.span(),
                                "parameter \"gzip\" of \"access_log\" has no effect in Fairlead:"
                                        + " lines are written uncompressed");
            } else {
                c.invalidParameter(word);
                return Optional.empty();
            }
        }
        if (flush.isPresent() && buffer == 0) {
            c.value(statement.arg(0), "no buffer is defined for access_log \"" + statement.arg(0) + "\"");
        }
        if (LogTargets.target(statement.arg(0), c).isEmpty()) {
            return Optional.empty();
        }
        Word target = c.text(statement.arg(0));
        return Optional.of(new Access(target, format, condition, buffer, flush, statement.span()));
    }

    private static void errors(Statement statement, Level level, Compilation c) {
        Word word = statement.arg(0);
        LogLevel least = LogLevel.ERROR;
        for (Word grade : statement.args().subList(1, statement.count())) {
            Optional<LogLevel> found = LogTargets.level(grade.text());
            if (found.isEmpty()) {
                c.problems()
                        .error(
                                "nginx.log-level",
                                grade.span(),
                                "invalid log level \"" + grade + "\"",
                                "one of: debug, info, notice, warn, error, crit, alert, emerg");
                return;
            }
            least = found.get();
        }
        LogLevel chosen = least;
        LogTargets.target(word, c)
                .map(target -> LogTargets.inFile(target, c.environment()))
                .ifPresent(
                        target -> level.append(ERRORS, new Errors(target, chosen, statement.span()), statement.span()));
    }

    public static Logging build(Level level, Assembly assembly) {
        List<Logging.AccessLog> access = level.value(ACCESS)
                .map(logs -> logs.stream().map(log -> accessLog(log, assembly)).toList())
                .orElse(List.of());
        return new Logging(access, errorLogs(level));
    }

    /// Where errors outside of requests go.
    public static List<Logging.ErrorLog> errorLogs(Level level) {
        return level.value(ERRORS).stream()
                .map(log -> new Logging.ErrorLog(log.target(), log.least(), log.origin()))
                .toList();
    }

    /// Sets what holds where the configuration names no logs.
    public static void assumeLogs(Level main, Level http, Optional<String> access, String errors, Compilation c) {
        if (main.own(ERRORS).isEmpty()) {
            Logging.Target target = errors.equals("stderr")
                    ? new Logging.Target.StandardError()
                    : new Logging.Target.File(Template.constant(c.environment().content(errors), Span.builtIn()));
            main.append(ERRORS, new Errors(target, LogLevel.ERROR, Span.builtIn()), Span.builtIn());
        }
        if (http.own(ACCESS).isEmpty() && access.isPresent()) {
            Word word = new Word(access.get(), Span.builtIn());
            Access log = new Access(word, COMBINED, Optional.empty(), 0, Optional.empty(), Span.builtIn());
            http.assign(ACCESS, Optional.of(List.of(log)), Span.builtIn());
        }
    }

    private static Logging.AccessLog accessLog(Access log, Assembly assembly) {
        Logging.Target target = LogTargets.read(log.target(), assembly);
        return new Logging.AccessLog(
                target,
                namedFormat(log.format(), assembly),
                log.condition().map(assembly.templates()::template),
                log.buffer(),
                log.flush(),
                log.origin());
    }

    private static Logging.Format namedFormat(String name, Assembly assembly) {
        Http.Format format = assembly.http().formats().get(name);
        if (format == null) {
            Template line = assembly.templates().template(new Word(COMBINED_LINE, Span.builtIn()));
            return new Logging.Format(COMBINED, line, Logging.Escaping.HEXADECIMAL, Span.builtIn());
        }
        List<Template.Part> parts = new ArrayList<>();
        format.line()
                .forEach(
                        word -> parts.addAll(assembly.templates().template(word).parts()));
        return new Logging.Format(name, new Template(parts, format.origin()), format.escaping(), format.origin());
    }
}
