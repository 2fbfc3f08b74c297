package dev.fairlead.dialect.pound;

import dev.fairlead.dialect.HopFields;
import dev.fairlead.model.http.Forward;
import dev.fairlead.model.net.Address;
import dev.fairlead.model.text.Attribute;
import dev.fairlead.model.text.Template;
import dev.fairlead.model.text.Variable;
import dev.fairlead.source.Span;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// How requests of a listener are passed to the servers of a service.
final class Forwards {
    private static final int BUFFER = 16_384;
    private static final Duration ANSWER = Duration.ofSeconds(15);
    private static final Duration WEBSOCKET = Duration.ofMinutes(10);
    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    private final Reading reading;
    private final Program program;

    Forwards(Reading reading, Program program) {
        this.reading = reading;
        this.program = program;
    }

    /// @param upgraded whether it is for connections that are made WebSockets
    Forward of(Statement listener, Statement service, Servers.Group group, boolean upgraded) {
        Span at = service.origin();
        return new Forward(
                new Forward.Target.Fixed(
                        group.upstream(), group.tls(), group.upstream().name(), "80"),
                new Forward.PathMapping.Unchanged(),
                request(group),
                response(listener, service, group),
                new Forward.Retry(Set.of(Forward.Failure.ERROR), false, 0, Duration.ZERO),
                timeouts(group, upgraded),
                Forward.Unreachable.UNAVAILABLE,
                at);
    }

    private static Forward.Request request(Servers.Group group) {
        List<Forward.FieldAssignment> fields = new ArrayList<>(HopFields.passingUpgrades("Connection", "Upgrade", ""));
        group.statements().stream()
                .flatMap(server -> server.last("ServerName").stream())
                .findFirst()
                .ifPresent(name -> fields.add(new Forward.FieldAssignment(
                        "Host", Template.constant(name.text(0), name.origin()), name.origin())));
        return new Forward.Request(
                Forward.Version.HTTP_1_1,
                Optional.empty(),
                fields,
                true,
                true,
                Optional.empty(),
                false,
                Optional.empty(),
                false);
    }

    private Forward.Response response(Statement listener, Statement service, Servers.Group group) {
        return Forward.Response.passing(BUFFER, redirects(listener, service, group));
    }

    /// `RewriteLocation`: what names a server, or us with the other scheme, names the host of the request.
    private List<Forward.RedirectRewrite> redirects(Statement listener, Statement service, Servers.Group group) {
        Optional<Statement> said = service.last("RewriteLocation")
                .or(() -> listener.last("RewriteLocation"))
                .or(() -> program.all().last("RewriteLocation"));
        int level =
                said.flatMap(statement -> reading.number(statement, 0, 0, 2)).orElse(1);
        Span at = said.map(Statement::origin).orElseGet(Span::builtIn);
        if (level == 0) {
            return List.of();
        }
        boolean isSecured = listener.is("ListenHTTPS");
        Variable host = new Variable.RequestHeader("host");
        Template ours = text(isSecured ? "https://" : "http://", host, at);
        List<Forward.RedirectRewrite> found = new ArrayList<>();
        for (Statement server : group.statements()) {
            String scheme = server.last("HTTPS").isPresent() ? "https://" : "http://";
            int usual = server.last("HTTPS").isPresent() ? HTTPS : HTTP;
            String name = server.last("Address").map(address -> address.text(0)).orElse("");
            String port = server.last("Port").map(number -> number.text(0)).orElse("");
            if (!name.startsWith("/")) {
                found.add(rewrite(Template.constant(scheme + name + ":" + port + "/", at), ours, at));
                if (port.equals(String.valueOf(usual))) {
                    found.add(rewrite(Template.constant(scheme + name + "/", at), ours, at));
                }
            }
        }
        if (level == 1) {
            found.add(rewrite(text(isSecured ? "http://" : "https://", host, at), ours, at));
        }
        return found;
    }

    private static Template text(String scheme, Variable host, Span at) {
        return new Template(
                List.of(
                        new Template.Part.Literal(scheme),
                        new Template.Part.Reference(host),
                        new Template.Part.Literal("/")),
                at);
    }

    private static Forward.RedirectRewrite rewrite(Template find, Template replacement, Span at) {
        return new Forward.RedirectRewrite(new Forward.Find.Text(find), replacement, at);
    }

    private Forward.Timeouts timeouts(Servers.Group group, boolean upgraded) {
        Times times = times(group.statements());
        Duration read = upgraded ? times.silence() : times.answer();
        return new Forward.Timeouts(times.connect(), read, read);
    }

    /// What a server has for things.
    ///
    /// @param silence of a WebSocket
    record Times(Duration connect, Duration answer, Duration silence) {}

    Times times(Statement server) {
        return times(List.of(server));
    }

    /// Servers of one service share their times: the longest counts.
    private Times times(List<Statement> servers) {
        Duration answer =
                longest(servers, "TimeOut").or(() -> program.seconds("TimeOut")).orElse(ANSWER);
        Duration connect =
                longest(servers, "ConnTO").or(() -> program.seconds("ConnTO")).orElse(answer);
        Duration silence = longest(servers, "WSTimeOut")
                .or(() -> program.seconds("WSTimeOut"))
                .orElse(WEBSOCKET);
        return new Times(connect, answer, silence);
    }

    private Optional<Duration> longest(List<Statement> servers, String name) {
        return servers.stream()
                .flatMap(server -> server.last(name).stream())
                .flatMap(statement -> reading.seconds(statement).stream())
                .max(Duration::compareTo);
    }

    /// What a Destination that names us becomes: the server that is named first.
    static Optional<String> destination(Servers.Group group) {
        return group.upstream().servers().stream()
                .findFirst()
                .filter(server -> server.address() instanceof Address.Tcp)
                .map(server -> (group.tls().isPresent() ? "https://" : "http://")
                        + server.address().text());
    }

    static Template clients(Span at) {
        return Template.of(new Variable.Builtin(Attribute.FORWARDED_FOR_APPENDED), at);
    }
}
