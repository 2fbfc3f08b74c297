package dev.fairlead.engine.upstream;

import dev.fairlead.engine.compile.CompileContext;
import dev.fairlead.engine.compile.Shared;
import dev.fairlead.engine.compile.Text;
import dev.fairlead.engine.http.ContentHandler;
import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.http1.Answering;
import dev.fairlead.engine.http1.TestServer;
import dev.fairlead.engine.http1.TestSettings;
import dev.fairlead.engine.net.Loops;
import dev.fairlead.model.control.ServerCommand;
import dev.fairlead.model.http.Action;
import dev.fairlead.model.http.Forward;
import dev.fairlead.model.http.Location;
import dev.fairlead.model.http.RequestBody;
import dev.fairlead.model.http.Settings;
import dev.fairlead.model.net.Address;
import dev.fairlead.model.status.UpstreamStatus;
import dev.fairlead.model.text.Attribute;
import dev.fairlead.model.text.Template;
import dev.fairlead.model.text.Variable;
import dev.fairlead.model.upstream.Balance;
import dev.fairlead.model.upstream.Persistence;
import dev.fairlead.model.upstream.ServerTraits;
import dev.fairlead.model.upstream.Upstream;
import dev.fairlead.source.Problems;
import dev.fairlead.source.Span;
import dev.fairlead.testkit.Wire;
import dev.fairlead.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// A server whose only location forwards; what is not set is as nginx has it.
public final class Proxy implements AutoCloseable {
    private static final Span ORIGIN = Span.builtIn();

    final Shared shared = new Shared();
    final Problems problems = new Problems();
    private final Loops loops = Loops.start(1);
    private final List<Upstream.Server> servers = new ArrayList<>();
    private final Map<String, String> fields = new ConcurrentHashMap<>();
    Balance balance = new Balance.RoundRobin();
    Optional<Upstream.IdlePool> idle =
            Optional.of(new Upstream.IdlePool(8, 1000, Duration.ofHours(1), Duration.ofSeconds(60)));
    Optional<Upstream.Queue> queue = Optional.empty();
    public List<Persistence> persistence = List.of();
    Upstream.Backups backups = Upstream.Backups.ALL;
    Forward.PathMapping path = new Forward.PathMapping.Unchanged();
    Forward.Version version = Forward.Version.HTTP_1_1;
    boolean requestBuffering = true;
    boolean passFields = true;
    boolean passBody = true;
    boolean responseBuffering = true;
    Optional<Template> method = Optional.empty();
    Optional<Template> body = Optional.empty();
    Set<String> hide = Set.of("date", "server", "x-pad", "x-accel-redirect", "x-accel-buffering", "x-accel-charset");
    Set<String> ignore = Set.of();
    List<Forward.RedirectRewrite> redirects = List.of();
    List<Forward.CookieRewrite> cookieDomains = List.of();
    List<Forward.CookieRewrite> cookiePaths = List.of();
    List<Forward.CookieFlags> cookieFlags = List.of();
    long bufferBytes = 32 * 1024;
    long temporaryFileBytes = 1 << 30;
    int bufferSize = 4096;
    boolean ignoreClientAbort;
    Set<Forward.Failure> retryOn = EnumSet.of(Forward.Failure.ERROR, Forward.Failure.TIMEOUT);
    boolean nonIdempotent;
    int tries;
    Optional<Forward.Insistence> insistence = Optional.empty();
    Duration connect = Duration.ofSeconds(5);
    Duration send = Duration.ofSeconds(5);
    Duration read = Duration.ofSeconds(5);
    Settings settings = TestSettings.DEFAULTS;
    public Clock clock = Clock.system();
    Optional<Forward.Target> target = Optional.empty();
    Consumer<Exchange> before = exchange -> {};
    Optional<Predicate<Exchange>> override = Optional.empty();
    private Optional<TestServer> server = Optional.empty();
    private Optional<Answering> entry = Optional.empty();

    static Proxy to(int... ports) {
        Proxy proxy = new Proxy();
        for (int port : ports) {
            proxy.add(port, 1, 1);
        }
        return proxy;
    }

    static Template template(String text) {
        return Template.constant(text, ORIGIN);
    }

    public Proxy add(int port, int weight, int maxFailures) {
        return add(new Upstream.Server(
                new Address.Tcp("127.0.0.1", port),
                weight,
                0,
                maxFailures,
                Duration.ofSeconds(10),
                false,
                false,
                ORIGIN));
    }

    public Proxy add(int port, ServerTraits traits) {
        return add(new Upstream.Server(
                new Address.Tcp("127.0.0.1", port), 1, 0, 0, Duration.ZERO, false, false, traits, ORIGIN));
    }

    public Proxy add(Upstream.Server added) {
        servers.add(added);
        return this;
    }

    Proxy field(String name, String value) {
        fields.put(name, value);
        return this;
    }

    Proxy bodySettings(RequestBody value) {
        settings = TestSettings.with(TestSettings.CONNECTION, value);
        return this;
    }

    Upstream upstream() {
        return new Upstream("app", servers, balance, idle, true, queue, persistence, backups, ORIGIN);
    }

    ContentHandler compile() {
        List<Forward.FieldAssignment> assigned = new ArrayList<>();
        assigned.add(new Forward.FieldAssignment(
                "Host", Template.of(new Variable.Builtin(Attribute.UPSTREAM_HOST), ORIGIN), ORIGIN));
        if (!fields.containsKey("Connection")) {
            assigned.add(new Forward.FieldAssignment("Connection", template(""), ORIGIN));
        }
        fields.forEach((name, value) -> assigned.add(new Forward.FieldAssignment(name, template(value), ORIGIN)));
        Forward forward = new Forward(
                target.orElseGet(() -> new Forward.Target.Fixed(upstream(), Optional.empty(), "app", "80")),
                path,
                new Forward.Request(
                        version,
                        method,
                        assigned,
                        passFields,
                        passBody,
                        body,
                        requestBuffering,
                        Optional.empty(),
                        false),
                new Forward.Response(
                        hide,
                        ignore,
                        redirects,
                        cookieDomains,
                        cookiePaths,
                        cookieFlags,
                        responseBuffering,
                        bufferSize,
                        bufferBytes,
                        temporaryFileBytes,
                        "",
                        0,
                        false,
                        false,
                        ignoreClientAbort),
                new Forward.Retry(retryOn, nonIdempotent, tries, Duration.ZERO, insistence),
                new Forward.Timeouts(connect, send, read),
                ORIGIN);
        Location location = new Location(
                new Location.Match.Prefix("/", false, false),
                List.of(),
                settings,
                new Action.ForwardTo(forward, ORIGIN),
                List.of(),
                false,
                ORIGIN);
        return ForwardHandler.compile(forward, location, new CompileContext(problems, shared, Proxy::text, clock));
    }

    /// Constants, and the two variables that these tests use.
    private static Text text(Template template) {
        return exchange -> template.parts().stream()
                .map(part -> switch (part) {
                    case Template.Part.Literal literal -> literal.text();
                    case Template.Part.Reference reference ->
                        reference.variable().equals(new Variable.Builtin(Attribute.UPSTREAM_HOST))
                                ? exchange.upstream().host()
                                : exchange.query();
                })
                .collect(Collectors.joining());
    }

    public Proxy start() {
        ContentHandler handler = compile();
        Answering answering = new Answering(settings, exchange -> {
            before.accept(exchange);
            if (!override.map(other -> other.test(exchange)).orElse(false)) {
                handler.handle(exchange);
            }
        });
        entry = Optional.of(answering);
        server = Optional.of(TestServer.serving(answering, clock));
        return this;
    }

    public Wire connect() {
        return Wire.connect(server.orElseThrow().port());
    }

    /// What was reported to the error log.
    List<String> reports() {
        return entry.orElseThrow().asked().stream()
                .filter(line -> line.startsWith("reported "))
                .map(line -> line.substring("reported ".length()))
                .toList();
    }

    public Upstreams upstreams() {
        return shared.part(Upstreams.class, Upstreams::new);
    }

    /// Tells the server with that port something.
    boolean tell(int port, ServerCommand command) {
        return upstreams().tell("app", "127.0.0.1:" + port, command, clock);
    }

    /// Begins health checks.
    void settle() {
        upstreams().settle(List.of(upstream()), List.of(), loops.all(), clock);
    }

    /// Waits until the loops of health checks have done what they were told before.
    void awaitLoops() {
        loops.all().forEach(loop -> loop.submit(() -> {}).syncUninterruptibly());
    }

    /// Requests that wait for any server.
    int queued() {
        return upstreams().queued("app");
    }

    /// What status says of the server with that place.
    UpstreamStatus.Server status(int place) {
        return upstreams()
                .status(List.of(upstream()), clock)
                .getFirst()
                .servers()
                .get(place);
    }

    @Override
    public void close() {
        upstreams().rest();
        loops.close();
        server.ifPresent(TestServer::close);
    }
}
