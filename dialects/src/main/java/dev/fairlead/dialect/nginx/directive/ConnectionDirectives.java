package dev.fairlead.dialect.nginx.directive;

import static dev.fairlead.dialect.nginx.directive.Rows.HTTP_SERVER_LOCATION;

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
import dev.fairlead.dialect.nginx.value.Numbers;
import dev.fairlead.dialect.nginx.value.Times;
import dev.fairlead.dialect.nginx.variable.Templates;
import dev.fairlead.model.http.Connection;
import dev.fairlead.model.text.Template;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// How clients' connections are kept, paced and closed.
public final class ConnectionDirectives {
    private static final Setting<Duration> KEEP_ALIVE = Setting.of(Group.CONNECTION, Duration.ofSeconds(75));
    private static final Setting<Duration> KEEP_ALIVE_HEADER = Setting.of(Group.CONNECTION, Duration.ZERO);
    private static final Setting<Integer> REQUESTS = Setting.of(Group.CONNECTION, 1000);
    private static final Setting<Duration> AGE = Setting.of(Group.CONNECTION, Duration.ofHours(1));
    private static final Setting<Set<Connection.OldBrowser>> DISABLED =
            Setting.of(Group.CONNECTION, Set.of(Connection.OldBrowser.MSIE6));
    private static final Setting<Duration> SEND_TIMEOUT = Setting.of(Group.CONNECTION, Duration.ofSeconds(60));
    private static final Setting<Connection.Lingering> LINGERING =
            Setting.of(Group.CONNECTION, Connection.Lingering.WHEN_INPUT_IS_LEFT);
    private static final Setting<Duration> LINGERING_TIME = Setting.of(Group.CONNECTION, Duration.ofSeconds(30));
    private static final Setting<Duration> LINGERING_TIMEOUT = Setting.of(Group.CONNECTION, Duration.ofSeconds(5));
    private static final Setting<Boolean> RESET = Setting.of(Group.CONNECTION, false);
    private static final Setting<Optional<Word>> RATE = Setting.of(Group.CONNECTION, Optional.empty());
    private static final Setting<Optional<Word>> RATE_AFTER = Setting.of(Group.CONNECTION, Optional.empty());

    private ConnectionDirectives() {}

    static List<Directive<Context, Setter>> rows() {
        return List.of(
                Rows.row(
                        "keepalive_timeout",
                        HTTP_SERVER_LOCATION,
                        Arity.between(1, 2),
                        "Says how long an idle connection is kept; the second time goes into a Keep-Alive field.",
                        ConnectionDirectives::keepAlive),
                Rows.number(
                        "keepalive_requests",
                        HTTP_SERVER_LOCATION,
                        REQUESTS,
                        "Says after how many requests a connection is closed."),
                Rows.millis(
                        "keepalive_time", HTTP_SERVER_LOCATION, AGE, "Says after what time a connection is closed."),
                Rows.bits(
                        "keepalive_disable",
                        HTTP_SERVER_LOCATION,
                        Arity.between(1, 2),
                        DISABLED,
                        Map.of(
                                "none", Set.of(),
                                "msie6", Set.of(Connection.OldBrowser.MSIE6),
                                "safari", Set.of(Connection.OldBrowser.SAFARI)),
                        "Keeps no connection with browsers that fail at it."),
                Rows.millis(
                        "send_timeout",
                        HTTP_SERVER_LOCATION,
                        SEND_TIMEOUT,
                        "Bounds the time between two writes that the client takes."),
                Rows.choice(
                        "lingering_close",
                        HTTP_SERVER_LOCATION,
                        LINGERING,
                        Map.of(
                                "off", Connection.Lingering.NEVER,
                                "on", Connection.Lingering.WHEN_INPUT_IS_LEFT,
                                "always", Connection.Lingering.ALWAYS),
                        "Reads on for a while before a connection is closed."),
                Rows.millis("lingering_time", HTTP_SERVER_LOCATION, LINGERING_TIME, "Bounds that while."),
                Rows.millis(
                        "lingering_timeout",
                        HTTP_SERVER_LOCATION,
                        LINGERING_TIMEOUT,
                        "Bounds each wait in that while."),
                Rows.flag(
                        "reset_timedout_connection",
                        HTTP_SERVER_LOCATION,
                        RESET,
                        "Resets connections that timed out instead of closing them."),
                rate("limit_rate", RATE, "Bounds how fast a response is sent, in bytes per second."),
                rate("limit_rate_after", RATE_AFTER, "Says how much is sent before that bound holds."));
    }

    private static Directive<Context, Setter> rate(String name, Setting<Optional<Word>> setting, String doc) {
        return Rows.row(name, Rows.WITH_IF, Arity.exactly(1), doc, (statement, level, c) -> {
            Word word = c.text(statement.arg(0));
            boolean constant = !Templates.hasVariables(word);
            Optional<Long> size = constant ? Numbers.size(word.text(), false) : Optional.of(0L);
            if (size.isEmpty()) {
                c.directive(statement, word.span(), "invalid value", "expected bytes per second, such as 100k");
                return;
            }
            Word bytes = constant ? new Word(size.get().toString(), word.span()) : word;
            c.set(statement, level, setting, bytes.is("0") ? Optional.empty() : Optional.of(bytes));
        });
    }

    private static void keepAlive(Statement statement, Level level, Compilation c) {
        if (Rows.isDuplicate(statement, level, KEEP_ALIVE, c)) {
            return;
        }
        Optional<Duration> timeout = Times.millis(statement.arg(0).text());
        Optional<Duration> header =
                statement.count() == 2 ? Times.seconds(statement.arg(1).text()) : Optional.of(Duration.ZERO);
        if (timeout.isEmpty() || header.isEmpty()) {
            Word bad = statement.arg(timeout.isEmpty() ? 0 : 1);
            c.directive(statement, bad.span(), "invalid value", "expected a time such as 65 or 75s");
            return;
        }
        c.set(statement, level, KEEP_ALIVE, timeout.get());
        if (statement.count() == 2) {
            // the second time is inherited by itself
            c.set(statement, level, KEEP_ALIVE_HEADER, header.get());
        }
    }

    /// What holds at a level.
    public static Connection build(Level level, Assembly assembly) {
        return new Connection(
                level.value(KEEP_ALIVE),
                Optional.of(level.value(KEEP_ALIVE_HEADER)).filter(Duration::isPositive),
                level.value(REQUESTS),
                level.value(AGE),
                level.value(DISABLED),
                level.value(SEND_TIMEOUT),
                level.value(LINGERING),
                level.value(LINGERING_TIME),
                level.value(LINGERING_TIMEOUT),
                level.value(RESET),
                template(level.value(RATE), assembly),
                template(level.value(RATE_AFTER), assembly));
    }

    private static Optional<Template> template(Optional<Word> word, Assembly assembly) {
        return word.map(assembly.templates()::template);
    }
}
