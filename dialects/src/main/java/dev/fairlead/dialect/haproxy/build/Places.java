package dev.fairlead.dialect.haproxy.build;

import dev.fairlead.dialect.haproxy.rule.Acls;
import dev.fairlead.dialect.haproxy.scope.Entry;
import dev.fairlead.dialect.haproxy.scope.Proxy;
import dev.fairlead.model.http.Access;
import dev.fairlead.model.http.Action;
import dev.fairlead.model.http.ClientAddressSource;
import dev.fairlead.model.http.Compression;
import dev.fairlead.model.http.Connection;
import dev.fairlead.model.http.ErrorPages;
import dev.fairlead.model.http.FileServing;
import dev.fairlead.model.http.HeadReading;
import dev.fairlead.model.http.Location;
import dev.fairlead.model.http.Logging;
import dev.fairlead.model.http.Redirects;
import dev.fairlead.model.http.RequestBody;
import dev.fairlead.model.http.RequestLimits;
import dev.fairlead.model.http.ResponseHeaders;
import dev.fairlead.model.http.Settings;
import dev.fairlead.model.http.Template;
import dev.fairlead.model.net.AddressRange;
import dev.fairlead.source.Span;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The settings of a frontend and of the backends that it leads to.
final class Places {
    private static final int HEAD_BYTES = 15_360;
    private static final int BODY_BYTES = 16_384;
    private static final FileServing NO_FILES = new FileServing(
            new FileServing.Place.Root(Template.constant("/nonexistent", Span.builtIn()), Span.builtIn()),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            Map.of(),
            "application/octet-stream",
            Optional.empty(),
            List.of(),
            FileServing.ModifiedSince.OFF,
            false,
            FileServing.Precompressed.OFF,
            FileServing.Cache.OFF,
            Optional.of(0),
            false,
            FileServing.Symlinks.ALLOWED);
    private static final Compression NO_COMPRESSION =
            new Compression(false, Set.of(), 1, 0, false, Set.of(), false, List.of(), false);
    private static final Redirects AS_WRITTEN = new Redirects(false, false, false);

    private final Workshop workshop;
    private final Proxy front;
    private final Errors errors;
    private final Logs logs;

    Places(Workshop workshop, Proxy front) {
        this.workshop = workshop;
        this.front = front;
        this.errors = new Errors(workshop);
        this.logs = new Logs(workshop);
    }

    HeadReading head() {
        Duration limit = front.last("timeout http-request").isPresent()
                ? Forwards.limit(workshop, front, "timeout http-request")
                : Forwards.limit(workshop, front, "timeout client", "clitimeout");
        return new HeadReading(limit, 1024, 1, HEAD_BYTES, false, true, false, true, false);
    }

    /// What holds while no backend is chosen.
    Settings settings(Proxy proxy, Scene scene, Acls acls) {
        return settings(
                scene,
                errors.pages(List.of(proxy), scene),
                new ResponseRules(scene, acls, workshop.problems()).of(proxy));
    }

    /// A backend's own errors count over the frontend's; a response passes the backend's rules first.
    Settings backendSettings(Proxy frontend, Proxy backend, Scene scene, Acls acls) {
        ErrorPages pages = errors.pages(List.of(frontend, backend), scene);
        ResponseHeaders own = new ResponseRules(scene, acls, workshop.problems()).of(backend);
        // Tests are made anew for each backend that is reached, so only where something asks for them.
        boolean isAlone = frontend.equals(backend)
                || frontend.entries().stream().map(Entry::name).noneMatch(Places::isAboutResponses);
        ResponseHeaders headers = isAlone
                ? own
                : new ResponseRules(scene, new Acls(frontend, scene, workshop.problems()), workshop.problems())
                        .behind(own, frontend);
        return settings(scene, pages, headers);
    }

    private static boolean isAboutResponses(String keyword) {
        return keyword.startsWith("http-response ") || keyword.startsWith("http-after-response ");
    }

    /// The named locations that error pages lead to.
    List<Location> errorLocations(Settings settings) {
        List<Location> locations = new ArrayList<>();
        errors.rules()
                .forEach((name, rule) -> locations.add(new Location(
                        new Location.Match.Named(name),
                        List.of(rule),
                        settings,
                        new Action.ServeFiles(rule.origin()),
                        List.of(),
                        true,
                        rule.origin())));
        return locations;
    }

    private Settings settings(Scene scene, ErrorPages pages, ResponseHeaders headers) {
        return new Settings(
                clientAddress(),
                Access.OPEN,
                RequestLimits.NONE,
                body(),
                connection(),
                NO_FILES,
                headers,
                NO_COMPRESSION,
                AS_WRITTEN,
                pages,
                logging(scene));
    }

    /// What a PROXY protocol header says counts wherever one is taken.
    private ClientAddressSource clientAddress() {
        boolean takesHeader = front.each("bind").stream()
                .flatMap(entry -> entry.args().stream())
                .anyMatch(word -> word.is("accept-proxy"));
        return takesHeader
                ? new ClientAddressSource(
                        List.of(new AddressRange.Everyone(), new AddressRange.UnixClients()),
                        new ClientAddressSource.From.ProxyProtocol(),
                        false)
                : ClientAddressSource.NONE;
    }

    private Logging logging(Scene scene) {
        return logs.of(scene);
    }

    private RequestBody body() {
        Duration client = Forwards.limit(workshop, front, "timeout client", "clitimeout");
        return new RequestBody(0, BODY_BYTES, client, "/tmp", false);
    }

    private Connection connection() {
        Duration client = Forwards.limit(workshop, front, "timeout client", "clitimeout");
        Duration idle = front.last("timeout http-keep-alive").isPresent()
                ? Forwards.limit(workshop, front, "timeout http-keep-alive")
                : front.last("timeout http-request").isPresent()
                        ? Forwards.limit(workshop, front, "timeout http-request")
                        : client;
        return new Connection(
                front.isOn("option httpclose") ? Duration.ZERO : idle,
                Optional.empty(),
                Long.MAX_VALUE,
                Duration.ofDays(365),
                Set.of(),
                client,
                Connection.Lingering.WHEN_INPUT_IS_LEFT,
                Duration.ofSeconds(30),
                Duration.ofSeconds(5),
                false,
                Optional.empty(),
                Optional.empty());
    }
}
