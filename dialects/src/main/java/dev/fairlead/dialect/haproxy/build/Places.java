package dev.fairlead.dialect.haproxy.build;

import dev.fairlead.dialect.haproxy.build.bind.Bind;
import dev.fairlead.dialect.haproxy.build.rule.Compressions;
import dev.fairlead.dialect.haproxy.build.rule.Errors;
import dev.fairlead.dialect.haproxy.build.rule.ResponseRules;
import dev.fairlead.dialect.haproxy.build.workshop.Captures;
import dev.fairlead.dialect.haproxy.build.workshop.ExpectedHeaders;
import dev.fairlead.dialect.haproxy.build.workshop.Scene;
import dev.fairlead.dialect.haproxy.build.workshop.Workshop;
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
import dev.fairlead.model.http.ResponseRule;
import dev.fairlead.model.http.Settings;
import dev.fairlead.model.net.AddressRange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// The settings of a frontend and of the backends that it leads to.
final class Places {
    private static final int HEAD_BYTES = 15_360;
    private static final int BODY_BYTES = 16_384;

    private final Workshop workshop;
    private final Proxy front;
    private final List<Bind> binds;
    private final Errors errors;
    private final Logs logs;

    Places(Workshop workshop, Proxy front, List<Bind> binds) {
        this.binds = binds;
        this.workshop = workshop;
        this.front = front;
        this.errors = new Errors(workshop);
        this.logs = new Logs(workshop);
    }

    HeadReading head() {
        Duration limit = front.last("timeout http-request").isPresent()
                ? workshop.limit(front, "timeout http-request")
                : workshop.limit(front, "timeout client", "clitimeout");
        HeadReading.Late late =
                front.isOn("option http-ignore-probes") ? HeadReading.Late.ANSWER_IF_BEGUN : HeadReading.Late.ANSWER;
        return new HeadReading(
                limit,
                1024,
                1,
                HEAD_BYTES,
                false,
                true,
                false,
                true,
                false,
                true,
                false,
                late,
                ExpectedHeaders.where(Scene.of(workshop, front)));
    }

    /// What holds while no backend is chosen.
    Settings settings(Proxy proxy, Scene scene, Acls acls) {
        return settings(
                scene,
                Compression.NONE,
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
        ResponseHeaders headers =
                isAlone ? own : ofFrontend(frontend, scene.ofFront()).behind(own, frontend);
        List<ResponseRule> captures = new Captures(workshop, frontend).responseRules();
        if (!captures.isEmpty()) {
            headers = ResponseRules.behind(captures, headers);
        }
        return settings(scene, new Compressions(workshop, frontend, backend).settings(), pages, headers);
    }

    private ResponseRules ofFrontend(Proxy frontend, Scene scene) {
        return new ResponseRules(scene, new Acls(frontend, scene, workshop.problems()), workshop.problems());
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

    private Settings settings(Scene scene, Compression compression, ErrorPages pages, ResponseHeaders headers) {
        return new Settings(
                clientAddress(),
                Access.OPEN,
                RequestLimits.NONE,
                body(),
                connection(),
                FileServing.NONE,
                headers,
                compression,
                Redirects.AS_WRITTEN,
                pages,
                logging(scene));
    }

    /// What a PROXY protocol header says counts wherever one is taken.
    private ClientAddressSource clientAddress() {
        boolean takesHeader = binds.stream().anyMatch(Bind::proxyProtocol) || ExpectedHeaders.mayBe(front);
        return takesHeader
                ? new ClientAddressSource(
                        List.of(new AddressRange.Everyone(), new AddressRange.UnixClients()),
                        new ClientAddressSource.From.ProxyProtocol(),
                        false)
                : ClientAddressSource.NONE;
    }

    private Logging logging(Scene scene) {
        return scene.back().isEmpty() ? logs.of(scene, binds) : logs.of(scene);
    }

    private RequestBody body() {
        Duration client = workshop.limit(front, "timeout client", "clitimeout");
        return new RequestBody(0, BODY_BYTES, client, "/tmp", false);
    }

    private Connection connection() {
        Duration client = workshop.limit(front, "timeout client", "clitimeout");
        Duration idle = front.last("timeout http-keep-alive").isPresent()
                ? workshop.limit(front, "timeout http-keep-alive")
                : front.last("timeout http-request").isPresent()
                        ? workshop.limit(front, "timeout http-request")
                        : client;
        return Connection.plain(front.isOn("option httpclose") ? Duration.ZERO : idle, client);
    }
}
