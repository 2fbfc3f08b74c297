package dev.fairlead.engine.handler;

import dev.fairlead.engine.compile.CompileContext;
import dev.fairlead.engine.compile.Shared;
import dev.fairlead.engine.http1.Answering;
import dev.fairlead.engine.http1.TestServer;
import dev.fairlead.engine.route.Router;
import dev.fairlead.engine.text.Texts;
import dev.fairlead.model.http.Action;
import dev.fairlead.model.http.HttpListener;
import dev.fairlead.model.http.Location;
import dev.fairlead.model.http.VirtualHost;
import dev.fairlead.model.net.Address;
import dev.fairlead.model.net.SocketOptions;
import dev.fairlead.source.Problems;
import dev.fairlead.source.Span;
import dev.fairlead.testkit.Reply;
import dev.fairlead.testkit.Wire;
import dev.fairlead.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A site of file locations on a port of loopback, through the real router.
public final class TestSite implements AutoCloseable {
    private static final Span HERE = Span.builtIn();

    private final TestServer server;

    private TestSite(TestServer server) {
        this.server = server;
    }

    public static TestSite of(TestPlace place) {
        return of(Map.of("/", place));
    }

    public static TestSite of(String first, TestPlace at, String second, TestPlace there) {
        Map<String, TestPlace> places = new LinkedHashMap<>();
        places.put(first, at);
        places.put(second, there);
        return of(places);
    }

    /// @param places by prefix, or by name if it starts with `@`
    public static TestSite of(Map<String, TestPlace> places) {
        Problems problems = new Problems();
        Shared shared = new Shared();
        Clock clock = Clock.system();
        CompileContext context = new CompileContext(problems, shared, new Texts(0, problems, shared, clock), clock);
        List<Location> locations = places.entrySet().stream()
                .map(entry -> entry.getValue().location(match(entry.getKey())))
                .toList();
        VirtualHost host = new VirtualHost(
                List.of(),
                Optional.empty(),
                Answering.READING,
                List.of(),
                places.values().iterator().next().settings(),
                new Action.ServeFiles(HERE),
                locations,
                HERE);
        HttpListener listener = new HttpListener(
                new Address.Tcp("127.0.0.1", 0), SocketOptions.DEFAULT, false, false, false, List.of(host), host, HERE);
        TestSite site = new TestSite(TestServer.serving(Router.compile(listener, context)));
        if (!problems.isEmpty()) {
            site.close();
            throw new IllegalArgumentException(problems.render());
        }
        return site;
    }

    private static Location.Match match(String place) {
        return place.startsWith("@")
                ? new Location.Match.Named(place.substring(1))
                : new Location.Match.Prefix(place, false, false);
    }

    public int port() {
        return server.port();
    }

    /// The answer to one request on a connection of its own.
    ///
    /// @param fields header lines, such as `Range: bytes=0-1`
    public Reply get(String target, String... fields) {
        return request("GET", target, fields);
    }

    public Reply request(String method, String target, String... fields) {
        try (Wire wire = Wire.connect(server.port())) {
            String lines = fields.length == 0 ? "" : String.join("\n", fields) + "\n";
            wire.send(method + " " + target + " HTTP/1.1\nHost: a.example\n" + lines + "Connection: close\n\n");
            return wire.reply();
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
