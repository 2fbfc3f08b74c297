package dev.fairlead.dialect.nginx.directive;

import dev.fairlead.dialect.nginx.scope.Compilation;
import dev.fairlead.dialect.nginx.scope.Level;
import dev.fairlead.dialect.nginx.syntax.Statement;
import dev.fairlead.dialect.nginx.syntax.Word;
import dev.fairlead.dialect.nginx.value.Numbers;
import dev.fairlead.dialect.nginx.value.Times;
import dev.fairlead.model.text.NumberRange;
import dev.fairlead.model.upstream.HealthCheck;
import dev.fairlead.model.upstream.HealthCheck.Expectation;
import dev.fairlead.model.upstream.HealthCheck.Probe;
import dev.fairlead.model.upstream.ServerTraits;
import dev.fairlead.model.upstream.Upstream;
import dev.fairlead.source.Span;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The directive `health_check` of an upstream, which is our own.
public final class UpstreamChecks {
    private static final int LARGEST_PORT = 65_535;
    private static final Map<String, String> PARAMETERS = parameters();

    private boolean isTcp;
    private boolean isCautious;
    private String uri = "/";
    private String method = "GET";
    private String host = "";
    private Duration interval = Duration.ofSeconds(5);
    private Optional<Duration> whileDown = Optional.empty();
    private Duration timeout = Duration.ofSeconds(2);
    private int jitter = 10;
    private int passes = 1;
    private int fails = 1;
    private int port;
    private final List<NumberRange> statuses = new ArrayList<>();
    private String body = "";
    private boolean isHttpAsked;

    private UpstreamChecks() {}

    private static Map<String, String> parameters() {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("tcp", "only that a server takes connections is asked for; else a request is sent");
        all.put("uri=", "path and query of the request, `/` unless given");
        all.put("method=", "of the request, `GET` unless given");
        all.put("host=", "its field Host; the upstream's name unless given");
        all.put("status=", "statuses that are good, such as `200,204,300-399`; `200-399` unless given");
        all.put("body=", "a text that the body has to hold");
        all.put("interval=", "time between two checks of a server, 5s unless given");
        all.put("down_interval=", "the same while it is down; `interval` unless given");
        all.put("timeout=", "how long connecting may take, and how long the answer, 2s unless given");
        all.put("jitter=", "per cent by which each interval may be longer or shorter by chance, 10 unless given");
        all.put("passes=", "checks in a row that bring a server up, 1 unless given");
        all.put("fails=", "checks in a row that take it down, 1 unless given");
        all.put("port=", "asked instead of the server's own");
        all.put("mandatory", "a server gets no request before its first check went well");
        return all;
    }

    /// What may stand behind `health_check`, and what it means.
    public static Stream<Map.Entry<String, String>> documentation() {
        return PARAMETERS.entrySet().stream();
    }

    static void healthCheck(Statement statement, Level level, Compilation c) {
        if (c.upstream().checks().isPresent()) {
            c.problems().error("nginx.duplicate", statement.span(), "\"health_check\" directive is duplicate");
            return;
        }
        UpstreamChecks read = new UpstreamChecks();
        for (Word word : statement.args()) {
            if (!read.read(word)) {
                c.problems()
                        .error(
                                "nginx.parameter",
                                word.span(),
                                "invalid parameter \"" + word + "\"",
                                "one of: " + String.join(" ", PARAMETERS.keySet()));
                return;
            }
        }
        if (read.isTcp && read.isHttpAsked) {
            c.problems()
                    .error(
                            "nginx.parameter",
                            statement.span(),
                            "\"tcp\" goes without what is asked for in HTTP",
                            "without \"tcp\" a request is sent");
            return;
        }
        c.upstream().checks(read.check(c.upstream().name(), statement.span()));
    }

    private boolean read(Word word) {
        String text = word.text();
        int equals = text.indexOf('=');
        String name = equals < 0 ? text : text.substring(0, equals + 1);
        if (!PARAMETERS.containsKey(name) || (equals >= 0 && text.length() == equals + 1)) {
            return false;
        }
        String value = text.substring(equals + 1);
        isHttpAsked |= List.of("uri=", "method=", "host=", "status=", "body=").contains(name);
        return switch (name) {
            case "tcp" -> {
                isTcp = true;
                yield true;
            }
            case "mandatory" -> {
                isCautious = true;
                yield true;
            }
            case "uri=" -> {
                uri = value;
                yield value.startsWith("/");
            }
            case "method=" -> {
                method = value;
                yield value.chars().allMatch(Character::isUpperCase);
            }
            case "host=" -> {
                host = value;
                yield true;
            }
            case "body=" -> {
                body = value;
                yield true;
            }
            case "status=" -> readStatuses(value);
            case "interval=", "down_interval=", "timeout=" -> readTime(name, value);
            default -> readNumber(name, value);
        };
    }

    private boolean readTime(String name, String value) {
        Optional<Duration> time = Times.millis(value).filter(each -> !each.isZero());
        time.ifPresent(each -> {
            switch (name) {
                case "interval=" -> interval = each;
                case "down_interval=" -> whileDown = Optional.of(each);
                default -> timeout = each;
            }
        });
        return time.isPresent();
    }

    private boolean readNumber(String name, String value) {
        int number = Numbers.parseInt(value).orElse(-1);
        return switch (name) {
            case "jitter=" -> {
                jitter = number;
                yield number >= 0 && number <= 50;
            }
            case "passes=" -> {
                passes = number;
                yield number > 0;
            }
            case "fails=" -> {
                fails = number;
                yield number > 0;
            }
            default -> {
                port = number;
                yield number > 0 && number <= LARGEST_PORT;
            }
        };
    }

    private boolean readStatuses(String value) {
        for (String part : value.split(",", -1)) {
            int dash = part.indexOf('-');
            int least =
                    Numbers.parseInt(dash < 0 ? part : part.substring(0, dash)).orElse(0);
            int most = dash < 0
                    ? least
                    : Numbers.parseInt(part.substring(dash + 1)).orElse(0);
            if (least < 100 || most > 999 || least > most) {
                return false;
            }
            statuses.add(new NumberRange(least, most));
        }
        return true;
    }

    private HealthCheck check(String upstream, Span origin) {
        HealthCheck.Pace pace =
                new HealthCheck.Pace(interval, interval, whileDown.orElse(interval), timeout, timeout, jitter);
        return new HealthCheck(
                isTcp ? new Probe.Connect() : request(upstream),
                pace,
                passes,
                fails,
                Optional.empty(),
                port,
                Optional.empty(),
                Optional.empty(),
                isCautious,
                false,
                origin);
    }

    private Probe request(String upstream) {
        List<Expectation> expects = new ArrayList<>();
        if (!statuses.isEmpty() || !body.isEmpty()) {
            expects.add(new Expectation.Status(
                    statuses.isEmpty() ? List.of(new NumberRange(200, 399)) : List.copyOf(statuses), false));
        }
        if (!body.isEmpty()) {
            expects.add(new Expectation.Contains("", body, false));
        }
        return new Probe.Http(method, uri, 1, List.of("Host: " + (host.isEmpty() ? upstream : host)), "", expects);
    }

    /// The servers with the check that the upstream asks for.
    static List<Upstream.Server> checked(List<Upstream.Server> servers, Optional<HealthCheck> check) {
        return check.isEmpty()
                ? servers
                : servers.stream()
                        .map(server -> new Upstream.Server(
                                server.address(),
                                server.weight(),
                                server.maxConnections(),
                                server.maxFailures(),
                                server.failureWindow(),
                                server.backup(),
                                server.down(),
                                ServerTraits.NONE.withCheck(check.get()),
                                server.origin()))
                        .toList();
    }
}
