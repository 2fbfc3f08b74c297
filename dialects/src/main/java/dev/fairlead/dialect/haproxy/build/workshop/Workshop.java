package dev.fairlead.dialect.haproxy.build.workshop;

import dev.fairlead.dialect.FileSource;
import dev.fairlead.dialect.PathResolver;
import dev.fairlead.dialect.Pcre;
import dev.fairlead.dialect.haproxy.scope.Configuration;
import dev.fairlead.dialect.haproxy.scope.Entry;
import dev.fairlead.dialect.haproxy.scope.Globals;
import dev.fairlead.dialect.haproxy.scope.Proxy;
import dev.fairlead.dialect.haproxy.syntax.Environment;
import dev.fairlead.dialect.haproxy.syntax.Word;
import dev.fairlead.dialect.haproxy.value.Delays;
import dev.fairlead.dialect.haproxy.value.Figures;
import dev.fairlead.model.net.Address;
import dev.fairlead.model.text.Regex;
import dev.fairlead.source.Diagnostic;
import dev.fairlead.source.Problems;
import dev.fairlead.source.Span;
import dev.fairlead.unit.Suggestion;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// What all builders share: the configuration, its files and variables, and where problems go.
public final class Workshop {
    /// The longest time a configuration can write; stands for no limit.
    public static final Duration NO_LIMIT = Duration.ofMillis(Integer.MAX_VALUE);

    private final Configuration configuration;
    private final Problems problems;
    private final FileSource files;
    private final PathResolver paths;
    private final Environment environment;
    private final IntFunction<Optional<Address>> sockets;
    private final Variables variables = new Variables();
    private final Users users;
    private final List<Proxy> proxies;
    private final Globals globals;
    private final StickTables tables;
    private final ProxyNumbers numbers;
    private final Map<String, Entrances> entrances = new HashMap<>();
    private final ProcessConstants constants = new ProcessConstants(this);
    private final RequestIds requestIds = new RequestIds();
    private @Nullable Resolvers resolvers;

    public Workshop(
            Configuration configuration,
            Problems problems,
            FileSource files,
            PathResolver paths,
            Environment environment,
            IntFunction<Optional<Address>> sockets) {
        this.configuration = configuration;
        this.problems = problems;
        this.files = files;
        this.paths = paths;
        this.environment = environment;
        this.sockets = sockets;
        this.users = new Users(configuration, problems);
        this.proxies = configuration.proxies();
        this.globals = configuration.globals();
        this.tables = new StickTables(proxies, problems);
        this.numbers = new ProxyNumbers(proxies);
    }

    /// Sections of name servers, each read once.
    public Resolvers resolvers() {
        Resolvers known = resolvers;
        if (known == null) {
            known = new Resolvers(this);
            resolvers = known;
        }
        return known;
    }

    /// Ids of requests, one kind for each `unique-id-format`.
    RequestIds requestIds() {
        return requestIds;
    }

    public Configuration configuration() {
        return configuration;
    }

    public List<Proxy> proxies() {
        return proxies;
    }

    public Globals globals() {
        return globals;
    }

    public Problems problems() {
        return problems;
    }

    public Variables variables() {
        return variables;
    }

    public ProxyNumbers numbers() {
        return numbers;
    }

    /// What variables of the process are from the start.
    public ProcessConstants constants() {
        return constants;
    }

    /// By the names of frontends, once their addresses are read.
    public Map<String, Entrances> entrances() {
        return entrances;
    }

    Users users() {
        return users;
    }

    public StickTables tables() {
        return tables;
    }

    public Environment environment() {
        return environment;
    }

    /// Where a socket listens that the program was given.
    public Optional<Address> givenSocket(int descriptor) {
        return sockets.apply(descriptor);
    }

    /// A backend by name: also a `listen`.
    public Optional<Proxy> backend(String name) {
        return proxies.stream()
                .filter(Proxy::isBackend)
                .filter(proxy -> proxy.name().equals(name))
                .findFirst();
    }

    /// A backend that a line leads to; if there is none by that name, that is a problem.
    public Optional<Proxy> required(Word name) {
        Optional<Proxy> backend = backend(name.text());
        if (backend.isEmpty()) {
            List<String> known =
                    proxies.stream().filter(Proxy::isBackend).map(Proxy::name).toList();
            problems.add(Diagnostic.error(
                            "haproxy.no-backend", name.span(), "unable to find required backend '" + name.text() + "'")
                    .hint(Suggestion.nearest(name.text(), known)
                            .map(near -> "did you mean '" + near + "'?")
                            .or(() -> Optional.of(
                                    known.isEmpty()
                                            ? "a section: backend " + name.text()
                                            : "there is " + String.join(", ", known)))));
        }
        return backend;
    }

    /// Where a file that the configuration names lies.
    ///
    /// @param base the keyword of `global` that says what relative names start from; an empty text for none
    public String path(Word word, String base) {
        String name = word.text();
        if (name.startsWith("/")) {
            return paths.resolve(name);
        }
        String start = base.isEmpty() ? "" : globals.text(base).orElse("");
        if (start.isEmpty()) {
            start = defaultPath(word.span());
        }
        String joined = start.isEmpty() ? name : start.endsWith("/") ? start + name : start + "/" + name;
        return joined.startsWith("/") ? paths.resolve(joined) : joined;
    }

    /// Relative names start where the program runs, or as `default-path` says.
    private String defaultPath(Span at) {
        Optional<Entry> entry = globals.last("default-path");
        String folder = at.file().folder().toString();
        return switch (entry.map(found -> found.text(0)).orElse("current")) {
            case "config" -> folder;
            case "parent" -> folder + "/..";
            case "origin" -> entry.map(found -> found.text(1)).orElse("");
            default -> "";
        };
    }

    public String read(String path) throws IOException {
        return files.read(Path.of(path));
    }

    public FileSource files() {
        return files;
    }

    /// The time of a line's only argument; a time that cannot be read is a problem.
    public Optional<Duration> delay(Entry entry) {
        return delay(entry.arg(0), entry.name(), ChronoUnit.MILLIS);
    }

    /// The time of the last of these keywords; without one there is no limit.
    public Duration limit(Proxy proxy, String... keywords) {
        return proxy.last(keywords)
                .flatMap(this::delay)
                .filter(delay -> !delay.isZero())
                .orElse(NO_LIMIT);
    }

    public Optional<Duration> delay(Word word, String what, ChronoUnit without) {
        return switch (Delays.read(word.text(), what, without)) {
            case Delays.Result.Read(Duration delay) -> Optional.of(delay);
            case Delays.Result.Cut cut -> {
                problems.addOnce(Diagnostic.warning("haproxy.time", word.span(), cut.message(word.text()))
                        .hint(cut.hint()));
                yield Optional.of(cut.delay());
            }
            case Delays.Result.Refused(String message) -> {
                problems.error(
                        "haproxy.time",
                        word.span(),
                        message,
                        "a number and one of us, ms, s, m, h, d; milliseconds without one");
                yield Optional.empty();
            }
        };
    }

    /// @throws IllegalArgumentException with the reason if it is no expression
    public Regex regex(String pattern, boolean ignoreCase, Span origin) {
        return switch (Pcre.translate(pattern, ignoreCase)) {
            case Pcre.Result.Translated translated ->
                new Regex(translated.pattern(), pattern, ignoreCase, List.of(), translated.groups(), origin);
            case Pcre.Result.Refused refused ->
                throw new IllegalArgumentException("regex '" + pattern + "' is invalid: " + refused.reason());
        };
    }

    /// What a line says in digits; 0 with an error where it does not.
    public int number(Entry entry, int most) {
        return Figures.between(entry.text(0), 0, most).orElseGet(() -> {
            problems.error(
                    "haproxy.number",
                    entry.arg(0).span(),
                    "'" + entry.name() + "' expects an integer argument, not '" + entry.text(0) + "'");
            return 0;
        });
    }
}
