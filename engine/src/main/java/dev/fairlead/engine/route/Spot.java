package dev.fairlead.engine.route;

import dev.fairlead.engine.access.AccessGate;
import dev.fairlead.engine.access.ConnectionLimits;
import dev.fairlead.engine.access.RateLimits;
import dev.fairlead.engine.app.ApplicationHandler;
import dev.fairlead.engine.change.ChangeHandler;
import dev.fairlead.engine.compile.CompileContext;
import dev.fairlead.engine.compile.Text;
import dev.fairlead.engine.connection.Traffic;
import dev.fairlead.engine.handler.FileHandler;
import dev.fairlead.engine.handler.TryFilesHandler;
import dev.fairlead.engine.http.ContentHandler;
import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.http.HeadFilter;
import dev.fairlead.engine.http.UpstreamFacts;
import dev.fairlead.engine.log.PlaceLogs;
import dev.fairlead.engine.report.MetricsHandler;
import dev.fairlead.engine.report.RosterHandler;
import dev.fairlead.engine.tally.Tallies;
import dev.fairlead.engine.tally.Tally;
import dev.fairlead.engine.text.value.PlaceTexts;
import dev.fairlead.engine.trace.Event;
import dev.fairlead.engine.trace.Tracer;
import dev.fairlead.engine.upstream.ForwardHandler;
import dev.fairlead.model.http.Action;
import dev.fairlead.model.http.FileServing;
import dev.fairlead.model.http.Location;
import dev.fairlead.model.http.LogLevel;
import dev.fairlead.model.http.Settings;
import dev.fairlead.model.text.Attribute;
import dev.fairlead.source.Span;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A compiled location; or a virtual host where no location matches, or before one is looked for.
final class Spot implements PlaceTexts {
    private static final int CLIENT_GONE = 499;

    private final Site site;
    private final Location location;
    private final Treatment treatment;
    private final Rules rules;
    private final ContentHandler content;
    private final @Nullable Tally tally;
    private final boolean isInternalOnly;

    Spot(Site site, Location location, CompileContext context) {
        this.site = site;
        this.location = location;
        this.treatment = Treatment.of(location.settings(), context);
        this.rules = Rules.compile(location.rules(), inner -> new Spot(site, inner, context), context);
        this.content = content(site, location, context);
        this.tally = location.match() instanceof Location.Match.Named(String label)
                ? context.shared().part(Tallies.class, Tallies::new).back(label)
                : null;
        this.isInternalOnly = location.internalOnly();
    }

    private static ContentHandler content(Site site, Location location, CompileContext context) {
        ContentHandler answering = switch (location.action()) {
            case Action.ServeFiles serve ->
                serve.changes()
                        .map(changes -> ChangeHandler.compile(
                                changes, location, FileHandler.compile(location, context), context))
                        .orElseGet(() -> FileHandler.compile(location, context));
            case Action.ForwardTo to -> ForwardHandler.compile(to.forward(), location, context);
            case Action.ReportCounters report ->
                new CountersPage(context.shared().part(Traffic.class, Traffic::new));
            case Action.ShowRoster show -> new RosterHandler(show.page(), context.shared(), context.clock());
            case Action.ExportMetrics export -> new MetricsHandler(context.shared());
            case Action.EmptyImage image -> new EmptyImage();
            case Action.RunApplication run -> ApplicationHandler.compile(run, location, context);
        };
        ContentHandler handler =
                Mirror.before(answering, site, location.settings().copies());
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

    /// Whether clients may not ask for it themselves.
    boolean isInternalOnly() {
        return isInternalOnly;
    }

    Rules rules() {
        return rules;
    }

    ClientAddress clientAddress() {
        return treatment.clientAddress();
    }

    RateLimits rateLimits() {
        return treatment.rateLimits();
    }

    ConnectionLimits connectionLimits() {
        return treatment.connectionLimits();
    }

    AccessGate access() {
        return treatment.access();
    }

    /// What else is asked before a request is let in; null if nothing is.
    @Nullable
    Inquiry inquiry() {
        return treatment.inquiry();
    }

    ContentHandler content() {
        return content;
    }

    @Override
    public Settings settings() {
        return treatment.settings();
    }

    @Override
    public Span origin() {
        return location.origin();
    }

    @Override
    public List<HeadFilter> filters() {
        return treatment.filters();
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
        treatment.errors().answer(exchange, status);
    }

    @Override
    public void redirectClient(Exchange exchange, int status, String target) {
        Passage.of(exchange).location(target);
        treatment.errors().answer(exchange, status);
    }

    @Override
    public void report(Exchange exchange, LogLevel level, String message) {
        Tracer tracer = exchange.tracer();
        if (tracer != null) {
            tracer.saw(new Event.Said(level, message));
        } else {
            treatment.logs().report(exchange, level, message);
        }
    }

    @Override
    public void begun(Exchange exchange) {
        PlaceLogs logs = treatment.logs();
        if (logs.tellsBeginnings()) {
            List<UpstreamFacts.Attempt> attempts = exchange.upstream().attempts();
            boolean isOfServer =
                    !attempts.isEmpty() && attempts.getLast().headerNanos() >= 0 && exchange.errorStatus() == 0;
            if (isOfServer) {
                logs.begun(exchange);
            }
        }
    }

    /// The client's connection has failed before there was a request.
    void connectionFailed(Exchange exchange) {
        treatment.logs().failed(exchange);
    }

    @Override
    public void ended(Exchange exchange) {
        Passage.of(exchange).release();
        if (!exchange.response().isStarted() && exchange.response().status() < 400) {
            // The client went before there was an answer; logs show it as nginx does.
            exchange.response().status(CLIENT_GONE);
        }
        treatment.logs().write(exchange);
    }

    @Override
    public String serverName() {
        return site.name();
    }

    @Override
    public Text documentRoot() {
        return treatment.files()::folder;
    }

    @Override
    public Text realDocumentRoot() {
        return treatment.files()::realFolder;
    }

    @Override
    public Text requestFile() {
        return treatment.files()::of;
    }

    @Override
    public @Nullable String proof(Attribute of, Exchange exchange) {
        return treatment.proofs().of(of, exchange);
    }
}
