package dev.fairlead.engine.route;

import dev.fairlead.engine.access.AccessGate;
import dev.fairlead.engine.access.ConnectionLimits;
import dev.fairlead.engine.access.RateLimits;
import dev.fairlead.engine.app.ApplicationHandler;
import dev.fairlead.engine.compile.CompileContext;
import dev.fairlead.engine.compile.Text;
import dev.fairlead.engine.filter.Filters;
import dev.fairlead.engine.handler.FileHandler;
import dev.fairlead.engine.handler.FilePaths;
import dev.fairlead.engine.handler.TryFilesHandler;
import dev.fairlead.engine.http.ContentHandler;
import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.http.HeadFilter;
import dev.fairlead.engine.http.Traffic;
import dev.fairlead.engine.log.PlaceLogs;
import dev.fairlead.engine.report.RosterHandler;
import dev.fairlead.engine.tally.Tallies;
import dev.fairlead.engine.tally.Tally;
import dev.fairlead.engine.text.PlaceTexts;
import dev.fairlead.engine.trace.Event;
import dev.fairlead.engine.trace.Tracer;
import dev.fairlead.engine.upstream.ForwardHandler;
import dev.fairlead.model.http.Action;
import dev.fairlead.model.http.FileServing;
import dev.fairlead.model.http.Location;
import dev.fairlead.model.http.LogLevel;
import dev.fairlead.model.http.Settings;
import dev.fairlead.source.Span;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A compiled location; or a virtual host where no location matches, or before one is looked for.
final class Spot implements PlaceTexts {
    private static final int CLIENT_GONE = 499;

    private final Site site;
    private final Location location;
    private final Settings settings;
    private final List<HeadFilter> filters;
    private final FilePaths files;
    private final Rules rules;
    private final ClientAddress clientAddress;
    private final RateLimits rateLimits;
    private final ConnectionLimits connectionLimits;
    private final AccessGate access;
    private final ErrorAnswers errors;
    private final PlaceLogs logs;
    private final ContentHandler content;
    private final @Nullable Tally tally;

    Spot(Site site, Location location, CompileContext context) {
        this.site = site;
        this.location = location;
        this.settings = location.settings();
        this.filters = filters(settings, context);
        this.files = FilePaths.compile(location, context);
        this.rules = Rules.compile(location.rules(), inner -> new Spot(site, inner, context), context);
        this.clientAddress = new ClientAddress(settings.clientAddress());
        this.rateLimits = RateLimits.compile(settings.limits(), context);
        this.connectionLimits = ConnectionLimits.compile(settings.limits(), context);
        this.access = AccessGate.compile(settings.access(), context);
        this.errors = new ErrorAnswers(settings.errorPages(), context);
        this.logs = PlaceLogs.compile(settings.logging(), context);
        this.content = content(location, context);
        this.tally = location.match() instanceof Location.Match.Named(String label)
                ? context.shared().part(Tallies.class, Tallies::new).back(label)
                : null;
    }

    private static List<HeadFilter> filters(Settings settings, CompileContext context) {
        List<HeadFilter> all = new ArrayList<>();
        all.add(new Redirection());
        all.addAll(Filters.compile(settings, context));
        return List.copyOf(all);
    }

    private static ContentHandler content(Location location, CompileContext context) {
        ContentHandler handler = switch (location.action()) {
            case Action.ServeFiles serve -> FileHandler.compile(location, context);
            case Action.ForwardTo to -> ForwardHandler.compile(to.forward(), location, context);
            case Action.ReportCounters report ->
                new CountersPage(context.shared().part(Traffic.class, Traffic::new));
            case Action.ShowRoster show -> new RosterHandler(show.page(), context.shared(), context.clock());
            case Action.EmptyImage image -> new EmptyImage();
            case Action.RunApplication run -> ApplicationHandler.compile(run, location, context);
        };
        return location.settings()
                .files()
                .tryFiles()
                .map((FileServing.TryFiles tryFiles) -> TryFilesHandler.compile(tryFiles, location, handler, context))
                .orElse(handler);
    }

    Site site() {
        return site;
    }

    Location location() {
        return location;
    }

    /// What is counted for the part of the configuration that this is; null if nothing is.
    @Nullable
    Tally tally() {
        return tally;
    }

    Rules rules() {
        return rules;
    }

    ClientAddress clientAddress() {
        return clientAddress;
    }

    RateLimits rateLimits() {
        return rateLimits;
    }

    ConnectionLimits connectionLimits() {
        return connectionLimits;
    }

    AccessGate access() {
        return access;
    }

    ContentHandler content() {
        return content;
    }

    @Override
    public Settings settings() {
        return settings;
    }

    @Override
    public Span origin() {
        return location.origin();
    }

    @Override
    public List<HeadFilter> filters() {
        return filters;
    }

    @Override
    public void redirect(Exchange exchange) {
        Phases.redirect(site, exchange);
    }

    @Override
    public void enterNamed(Exchange exchange, String name) {
        Phases.enterNamed(site, exchange, name);
    }

    @Override
    public void fail(Exchange exchange, int status) {
        Tracer tracer = exchange.tracer();
        if (tracer != null) {
            tracer.saw(new Event.Failed(status));
        }
        errors.answer(exchange, status);
    }

    @Override
    public void redirectClient(Exchange exchange, int status, String target) {
        Passage.of(exchange).location(target);
        errors.answer(exchange, status);
    }

    @Override
    public void report(Exchange exchange, LogLevel level, String message) {
        Tracer tracer = exchange.tracer();
        if (tracer != null) {
            tracer.saw(new Event.Said(level, message));
        } else {
            logs.report(exchange, level, message);
        }
    }

    @Override
    public void ended(Exchange exchange) {
        Passage.of(exchange).release();
        if (!exchange.response().isStarted() && exchange.response().status() < 400) {
            // The client went before there was an answer; logs show it as nginx does.
            exchange.response().status(CLIENT_GONE);
        }
        logs.write(exchange);
    }

    @Override
    public String serverName() {
        return site.name();
    }

    @Override
    public Text documentRoot() {
        return files::folder;
    }

    @Override
    public Text realDocumentRoot() {
        return files::realFolder;
    }

    @Override
    public Text requestFile() {
        return files::of;
    }
}
