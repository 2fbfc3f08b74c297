package dev.fairlead.dialect.nginx;

import dev.fairlead.dialect.nginx.directive.AccessDirectives;
import dev.fairlead.dialect.nginx.directive.ApplicationDirectives;
import dev.fairlead.dialect.nginx.directive.BodyDirectives;
import dev.fairlead.dialect.nginx.directive.ClientAddressDirectives;
import dev.fairlead.dialect.nginx.directive.CompressionDirectives;
import dev.fairlead.dialect.nginx.directive.ConnectionDirectives;
import dev.fairlead.dialect.nginx.directive.DavDirectives;
import dev.fairlead.dialect.nginx.directive.ErrorDirectives;
import dev.fairlead.dialect.nginx.directive.FileDirectives;
import dev.fairlead.dialect.nginx.directive.FolderDirectives;
import dev.fairlead.dialect.nginx.directive.HeadDirectives;
import dev.fairlead.dialect.nginx.directive.LimitDirectives;
import dev.fairlead.dialect.nginx.directive.LoggingDirectives;
import dev.fairlead.dialect.nginx.directive.MirrorDirectives;
import dev.fairlead.dialect.nginx.directive.ProxyPass;
import dev.fairlead.dialect.nginx.directive.RedirectDirectives;
import dev.fairlead.dialect.nginx.directive.ResponseDirectives;
import dev.fairlead.dialect.nginx.directive.StreamDirectives;
import dev.fairlead.dialect.nginx.directive.SubstitutionDirectives;
import dev.fairlead.dialect.nginx.directive.TlsDirectives;
import dev.fairlead.dialect.nginx.directive.UpstreamDirectives;
import dev.fairlead.dialect.nginx.scope.Assembly;
import dev.fairlead.dialect.nginx.scope.Environment;
import dev.fairlead.dialect.nginx.scope.Group;
import dev.fairlead.dialect.nginx.scope.Http;
import dev.fairlead.dialect.nginx.scope.Level;
import dev.fairlead.dialect.nginx.scope.Place;
import dev.fairlead.dialect.nginx.scope.Server;
import dev.fairlead.dialect.nginx.scope.UpstreamScope;
import dev.fairlead.dialect.nginx.syntax.Word;
import dev.fairlead.dialect.nginx.variable.Templates;
import dev.fairlead.model.app.Application;
import dev.fairlead.model.http.Action;
import dev.fairlead.model.http.FileServing;
import dev.fairlead.model.http.HttpListener;
import dev.fairlead.model.http.HttpPlan;
import dev.fairlead.model.http.Location;
import dev.fairlead.model.http.Location.Match;
import dev.fairlead.model.http.Rule;
import dev.fairlead.model.http.Settings;
import dev.fairlead.model.http.VirtualHost;
import dev.fairlead.model.stream.StreamListener;
import dev.fairlead.model.stream.StreamPlan;
import dev.fairlead.model.text.LookupTable;
import dev.fairlead.model.tls.TlsServer;
import dev.fairlead.model.upstream.Upstream;
import dev.fairlead.source.Problems;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Builds the plan from what was read.
final class PlanAssembler implements Assembly {
    private final Http http;
    private final Environment environment;
    private final Problems problems;
    private final Templates templates;
    private final Map<String, Upstream> upstreams = new LinkedHashMap<>();
    private final Map<String, Application> applications = new LinkedHashMap<>();
    private final Map<Server, VirtualHost> hosts = new HashMap<>();
    private final Map<Place, Action> actions = new HashMap<>();

    PlanAssembler(Http http, Environment environment, Problems problems) {
        this.http = http;
        this.environment = environment;
        this.problems = problems;
        this.templates = new Templates(http.variables(), problems);
    }

    @Override
    public Templates templates() {
        return templates;
    }

    @Override
    public Http http() {
        return http;
    }

    @Override
    public Environment environment() {
        return environment;
    }

    @Override
    public Problems problems() {
        return problems;
    }

    @Override
    public Upstream declared(UpstreamScope scope) {
        Upstream known = upstreams.get(scope.name());
        if (known != null) {
            return known;
        }
        Upstream built = UpstreamDirectives.build(scope, this);
        upstreams.put(scope.name(), built);
        return built;
    }

    @Override
    public Upstream implied(Upstream upstream) {
        Upstream known = upstreams.putIfAbsent(upstream.name(), upstream);
        return known == null ? upstream : known;
    }

    @Override
    public String application(Application application) {
        Application known = applications.putIfAbsent(application.name(), application);
        if (known != null && !known.equals(application)) {
            problems.error(
                    "nginx.app",
                    application.origin(),
                    "application \"" + application.name() + "\" is given other parameters than before",
                    "first given at " + known.origin() + "; the same everywhere, or another name= for another one");
        }
        return application.name();
    }

    /// Each once, in the order of the configuration.
    List<Application> applications() {
        return List.copyOf(applications.values());
    }

    /// @param texts all that was written with variables: an unknown one is an error even where nothing uses it
    HttpPlan plan(List<Word> texts) {
        texts.forEach(templates::template);
        http.upstreams().values().forEach(this::declared);
        http.servers().forEach(server -> SiblingChecks.locations(server.place(), problems));
        http.servers().forEach(server -> hosts.put(server, host(server)));
        SiblingChecks.names(http, problems);
        SiblingChecks.zones(http, problems);
        List<HttpListener> listeners =
                http.listened().values().stream().map(this::listener).toList();
        List<LookupTable> lookups = templates.allTables();
        return new HttpPlan(
                listeners, List.copyOf(upstreams.values()), http.variables().slots(), lookups);
    }

    /// The same for the `stream` block.
    StreamPlan streamPlan(List<Level> servers, List<Word> texts) {
        texts.forEach(templates::template);
        http.upstreams().values().forEach(this::declared);
        List<StreamListener> listeners = StreamDirectives.build(servers, this);
        return new StreamPlan(
                listeners, List.copyOf(upstreams.values()), http.variables().slots());
    }

    private VirtualHost hostOf(Server server) {
        VirtualHost host = hosts.get(server);
        if (host == null) {
            throw new IllegalStateException("server was not assembled");
        }
        return host;
    }

    private HttpListener listener(Http.Listened listened) {
        return Listeners.build(listened, this::hostOf, problems);
    }

    private VirtualHost host(Server server) {
        Place place = server.place();
        Level level = place.level();
        Optional<TlsServer> tls = TlsDirectives.build(level, this);
        return new VirtualHost(
                server.names().stream().map(Server.NamedAt::name).toList(),
                tls,
                level.shared(Group.HEAD, HeadDirectives::build),
                rules(place),
                settings(level),
                action(place),
                nested(place),
                place.origin());
    }

    private List<Rule> rules(Place place) {
        return place.rules().stream().map(rule -> rule.resolve(this)).toList();
    }

    private List<Location> nested(Place place) {
        return place.nested().stream().map(this::location).toList();
    }

    @Override
    public Location location(Place place) {
        boolean pseudo = place.match() instanceof Match.Anywhere;
        return new Location(
                match(place),
                pseudo ? List.of() : rules(place),
                settings(place.level()),
                action(place),
                nested(place),
                place.internalOnly(),
                place.origin());
    }

    private static Match match(Place place) {
        return switch (place.match()) {
            case Match.Prefix prefix ->
                new Match.Prefix(prefix.path(), prefix.beforeRegexes(), redirectsToSlash(prefix.path(), place));
            case Match.Exact exact -> new Match.Exact(exact.path(), redirectsToSlash(exact.path(), place));
            case Match.Expression expression -> expression;
            case Match.Named named -> named;
            case Match.Anywhere anywhere -> anywhere;
        };
    }

    private static boolean redirectsToSlash(String path, Place place) {
        return path.endsWith("/")
                && (ProxyPass.redirectsToSlash(place) || ApplicationDirectives.redirectsToSlash(place));
    }

    /// What answers: inside an `if` that says nothing, what answers around it.
    private Action action(Place place) {
        Action known = actions.get(place);
        if (known != null) {
            return known;
        }
        boolean pseudo = place.match() instanceof Match.Anywhere;
        Optional<Place> around = pseudo ? place.around() : Optional.empty();
        Action action = place.action()
                .map(own -> own.resolve(this))
                .or(() -> around.map(this::action))
                .orElseGet(() -> new Action.ServeFiles(DavDirectives.build(place.level()), place.origin()));
        actions.put(place, action);
        return action;
    }

    private Settings settings(Level level) {
        ProxyPass.checkSizes(level, this);
        FileServing files = level.shared(Group.FILES, at -> FileDirectives.build(at, this));
        return new Settings(
                level.shared(Group.CLIENT_ADDRESS, ClientAddressDirectives::build),
                level.shared(Group.ACCESS, at -> AccessDirectives.build(at, this)),
                level.shared(Group.LIMITS, at -> LimitDirectives.build(at, this)),
                level.shared(Group.BODY, at -> BodyDirectives.build(at, this)),
                level.shared(Group.CONNECTION, at -> ConnectionDirectives.build(at, this)),
                FolderDirectives.withTryFiles(files, level, this),
                level.shared(Group.RESPONSE, at -> ResponseDirectives.build(at, this)),
                level.shared(Group.COMPRESSION, CompressionDirectives::build),
                level.shared(Group.REDIRECTS, RedirectDirectives::build),
                level.shared(Group.ERRORS, at -> ErrorDirectives.build(at, this)),
                level.shared(Group.LOGGING, at -> LoggingDirectives.build(at, this)),
                level.shared(Group.SUBSTITUTION, at -> SubstitutionDirectives.build(at, this)),
                level.shared(Group.COPIES, MirrorDirectives::build));
    }
}
