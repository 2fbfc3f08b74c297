package dev.fairlead.dialect.stunnel;

import dev.fairlead.dialect.Directive;
import dev.fairlead.model.net.Address;
import dev.fairlead.model.stream.Program;
import dev.fairlead.model.stream.StreamAction;
import dev.fairlead.model.stream.StreamForward;
import dev.fairlead.model.upstream.Balance;
import dev.fairlead.model.upstream.Upstream;
import dev.fairlead.source.Span;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Services whose connections are given to a program each: `exec` and what belongs to it.
final class Programs {
    private final Reading reading;
    private final Map<String, Upstream> upstreams;

    /// @param upstreams gets one more for each service
    Programs(Reading reading, Map<String, Upstream> upstreams) {
        this.reading = reading;
        this.upstreams = upstreams;
    }

    static List<Directive<Place, Setter>> rows() {
        return List.of(
                Rows.text(
                        "exec",
                        "Starts a program for each connection, which is its input and output, and its standard error unless"
                                + " `foreground = yes`. REMOTE_HOST, REMOTE_PORT, SSL_CLIENT_DN and SSL_CLIENT_I_DN tell it of"
                                + " the client. Not with `client = yes`, nor with `connect`.",
                        (s, given) -> s.program = Optional.of(given)),
                Rows.text(
                        "execArgs",
                        "The program's name and arguments, separated by space; the path alone unless given.",
                        (s, given) -> s.programArguments = Optional.of(given)),
                Rows.global("setEnv", "NAME=VALUE for programs. Of later versions of stunnel 5.", Programs::setEnv));
    }

    private static void setEnv(Line.Option option, Service service, Global global, Reading reading) {
        if (option.value().indexOf('=') > 0) {
            global.environment.add(option.value());
        } else {
            reading.wrong(option, "Illegal environment variable", "setEnv = NAME=VALUE");
        }
    }

    /// What becomes of a service's connections.
    StreamAction action(Service service, String upstreamName) {
        Given<String> given = service.program.orElseThrow();
        Span origin = given.span();
        if (service.client || !service.connects.isEmpty()) {
            reading.problems()
                    .error(
                            "stunnel.unsupported",
                            origin,
                            "Service [" + service.name + "]: \"exec\" with \""
                                    + (service.client ? "client = yes" : "connect") + "\" is not supported by Fairlead",
                            "a program is given connections that clients make with TLS: accept and exec");
        }
        String path = path(given.value());
        if (!path.startsWith("/")) {
            reading.problems().error("stunnel.value", origin, "\"" + path + "\" is not searched for", "the whole path");
        }
        Upstream.Server named =
                new Upstream.Server(new Address.Unix(path), 1, 0, 0, Duration.ofSeconds(10), false, false, origin);
        Upstream upstream =
                new Upstream(upstreamName, List.of(named), new Balance.InOrder(), Optional.empty(), true, origin);
        upstreams.put(upstreamName, upstream);
        return new StreamAction.ForwardTo(new StreamForward(
                new StreamForward.Target.Fixed(upstream, ""),
                Optional.empty(),
                Optional.empty(),
                new StreamForward.Retry(false, 1, Duration.ZERO),
                new StreamForward.Timeouts(service.connect, service.idle, Optional.of(service.close)),
                StreamForward.Rates.UNLIMITED,
                Optional.empty(),
                false,
                true,
                Optional.empty(),
                Optional.of(program(service, path)),
                origin));
    }

    private Program program(Service service, String path) {
        List<String> arguments = service.programArguments
                .map(words -> List.of(words.value().strip().split("\\s+", -1)))
                .orElse(List.of(path));
        Global global = reading.global();
        return new Program(path, arguments, global.environment, !global.foreground || global.isQuiet);
    }

    /// Programs are looked for where the program's root would be.
    private String path(String written) {
        String path = reading.path(written);
        return reading.global()
                .chroot
                .map(root -> reading.path(root.value()) + path)
                .orElse(path);
    }
}
