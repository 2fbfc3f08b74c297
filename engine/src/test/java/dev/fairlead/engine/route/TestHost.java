package dev.fairlead.engine.route;

import dev.fairlead.engine.compile.CompileContext;
import dev.fairlead.engine.compile.Shared;
import dev.fairlead.engine.http1.Answering;
import dev.fairlead.engine.http1.TestServer;
import dev.fairlead.engine.http1.TestSettings;
import dev.fairlead.engine.text.Texts;
import dev.fairlead.model.http.Access;
import dev.fairlead.model.http.Action;
import dev.fairlead.model.http.ErrorPages;
import dev.fairlead.model.http.HttpListener;
import dev.fairlead.model.http.Location;
import dev.fairlead.model.http.Logging;
import dev.fairlead.model.http.Redirects;
import dev.fairlead.model.http.RequestLimits;
import dev.fairlead.model.http.ResponseHeaders;
import dev.fairlead.model.http.Rule;
import dev.fairlead.model.http.Settings;
import dev.fairlead.model.http.VirtualHost;
import dev.fairlead.model.net.Address;
import dev.fairlead.model.net.SocketOptions;
import dev.fairlead.source.Problems;
import dev.fairlead.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A virtual host under test, put together piece by piece.
public final class TestHost {
    private final List<VirtualHost.ServerName> names = new ArrayList<>();
    private final List<Location> locations = new ArrayList<>();
    private final List<Rule> rules = new ArrayList<>();
    private Settings settings = TestSettings.DEFAULTS;

    public static TestHost named(String... names) {
        TestHost host = new TestHost();
        for (String name : names) {
            host.names.add(name(name));
        }
        return host;
    }

    private static VirtualHost.ServerName name(String text) {
        if (text.startsWith("*.")) {
            return new VirtualHost.ServerName.Leading(text, text.substring(1), false);
        }
        if (text.startsWith(".")) {
            return new VirtualHost.ServerName.Leading(text, text, true);
        }
        if (text.startsWith("~")) {
            return new VirtualHost.ServerName.Expression(text, Written.regex(text.substring(1)));
        }
        if (text.endsWith(".*")) {
            return new VirtualHost.ServerName.Trailing(text, text.substring(0, text.length() - 1));
        }
        return new VirtualHost.ServerName.Exact(text);
    }

    TestHost rule(Rule rule) {
        rules.add(rule);
        return this;
    }

    /// From here on, locations have these.
    TestHost with(ErrorPages pages) {
        settings = copy(settings.access(), settings.limits(), settings.redirects(), pages, settings.logging());
        return this;
    }

    public TestHost with(Access access) {
        settings = copy(access, settings.limits(), settings.redirects(), settings.errorPages(), settings.logging());
        return this;
    }

    public TestHost with(RequestLimits limits) {
        settings = copy(settings.access(), limits, settings.redirects(), settings.errorPages(), settings.logging());
        return this;
    }

    TestHost with(Redirects redirects) {
        settings = copy(settings.access(), settings.limits(), redirects, settings.errorPages(), settings.logging());
        return this;
    }

    public TestHost with(Logging logging) {
        settings = copy(settings.access(), settings.limits(), settings.redirects(), settings.errorPages(), logging);
        return this;
    }

    TestHost with(ResponseHeaders headers) {
        settings = new Settings(
                settings.clientAddress(),
                settings.access(),
                settings.limits(),
                settings.requestBody(),
                settings.connection(),
                settings.files(),
                headers,
                settings.compression(),
                settings.redirects(),
                settings.errorPages(),
                settings.logging());
        return this;
    }

    private Settings copy(Access access, RequestLimits limits, Redirects redirects, ErrorPages pages, Logging logging) {
        return new Settings(
                settings.clientAddress(),
                access,
                limits,
                settings.requestBody(),
                settings.connection(),
                settings.files(),
                settings.responseHeaders(),
                settings.compression(),
                redirects,
                pages,
                logging);
    }

    public TestHost at(String match, Rule... steps) {
        locations.add(location(match, List.of(), steps));
        return this;
    }

    /// A location whose requests are passed to another server.
    TestHost passing(String match, int port, Rule... steps) {
        Location here = location(match, List.of(), steps);
        locations.add(new Location(
                here.match(),
                here.rules(),
                here.settings(),
                new Action.ForwardTo(Passing.to(port), Written.HERE),
                List.of(),
                false,
                Written.HERE));
        return this;
    }

    TestHost internal(String match, Rule... steps) {
        Location open = location(match, List.of(), steps);
        locations.add(new Location(
                open.match(), open.rules(), open.settings(), open.action(), open.nested(), true, open.origin()));
        return this;
    }

    TestHost at(String match, List<Location> nested, Rule... steps) {
        locations.add(location(match, nested, steps));
        return this;
    }

    Location location(String match, List<Location> nested, Rule... steps) {
        return new Location(
                Written.match(match),
                List.of(steps),
                settings,
                new Action.ServeFiles(Written.HERE),
                nested,
                false,
                Written.HERE);
    }

    VirtualHost build() {
        return new VirtualHost(
                names,
                Optional.empty(),
                Answering.READING,
                rules,
                settings,
                new Action.ServeFiles(Written.HERE),
                locations,
                Written.HERE);
    }

    public TestServer serve() {
        return serve(Clock.system(), new Shared(), this);
    }

    public static TestServer serve(Clock clock, Shared shared, TestHost... hosts) {
        List<VirtualHost> built =
                java.util.Arrays.stream(hosts).map(TestHost::build).toList();
        HttpListener listener = new HttpListener(
                new Address.Tcp("127.0.0.1", 0),
                SocketOptions.DEFAULT,
                false,
                false,
                false,
                built,
                built.getFirst(),
                Written.HERE);
        Problems problems = new Problems();
        CompileContext context = new CompileContext(problems, shared, new Texts(64, problems, shared, clock), clock);
        var entry = Router.compile(listener, context);
        if (problems.hasErrors()) {
            throw new IllegalArgumentException(problems.render());
        }
        return TestServer.serving(entry, clock);
    }
}
