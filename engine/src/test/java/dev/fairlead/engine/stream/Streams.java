package dev.fairlead.engine.stream;

import dev.fairlead.engine.generation.Engine;
import dev.fairlead.engine.generation.EngineOptions;
import dev.fairlead.engine.generation.PlanRefused;
import dev.fairlead.model.http.HttpPlan;
import dev.fairlead.model.http.Logging;
import dev.fairlead.model.http.RequestLimits;
import dev.fairlead.model.net.Address;
import dev.fairlead.model.net.ProxyProtocol;
import dev.fairlead.model.net.SocketOptions;
import dev.fairlead.model.plan.Plan;
import dev.fairlead.model.plan.RuntimeOptions;
import dev.fairlead.model.stream.StreamAction;
import dev.fairlead.model.stream.StreamForward;
import dev.fairlead.model.stream.StreamHost;
import dev.fairlead.model.stream.StreamListener;
import dev.fairlead.model.stream.StreamPlan;
import dev.fairlead.model.stream.StreamRule;
import dev.fairlead.model.stream.StreamSettings;
import dev.fairlead.model.upstream.Balance;
import dev.fairlead.model.upstream.Upstream;
import dev.fairlead.source.Span;
import dev.fairlead.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Plans of connections that are passed on, and engines that run them.
final class Streams {
    static final Span HERE = Span.builtIn();
    static final StreamSettings SETTINGS = settings(Optional.empty());

    private Streams() {}

    static StreamSettings settings(Optional<StreamSettings.Preread> preread) {
        return settings(preread, RequestLimits.NONE);
    }

    static StreamSettings limited(RequestLimits limits) {
        return settings(Optional.empty(), limits);
    }

    private static StreamSettings settings(Optional<StreamSettings.Preread> preread, RequestLimits limits) {
        return new StreamSettings(
                List.of(),
                Duration.ofSeconds(10),
                Duration.ofSeconds(10),
                preread,
                true,
                false,
                new Logging(List.of(), List.of()),
                Optional.empty(),
                false,
                limits,
                StreamSettings.Believed.ALL);
    }

    static Upstream upstream(String name, Balance balance, int... ports) {
        List<Upstream.Server> servers = new ArrayList<>();
        for (int port : ports) {
            servers.add(new Upstream.Server(
                    new Address.Tcp("127.0.0.1", port), 1, 0, 1, Duration.ofSeconds(10), false, false, HERE));
        }
        return new Upstream(name, servers, balance, Optional.empty(), true, HERE);
    }

    static StreamForward forward(Upstream upstream) {
        return forward(upstream, Optional.empty(), Duration.ofMinutes(1), true);
    }

    static StreamForward forward(
            Upstream upstream, Optional<ProxyProtocol> header, Duration idle, boolean passesHalfClose) {
        return new StreamForward(
                new StreamForward.Target.Fixed(upstream, "localhost"),
                Optional.empty(),
                header,
                StreamForward.Retry.UNLIMITED,
                new StreamForward.Timeouts(Duration.ofSeconds(5), idle, Optional.empty()),
                StreamForward.Rates.UNLIMITED,
                Optional.empty(),
                false,
                passesHalfClose,
                Optional.empty(),
                Optional.empty(),
                HERE);
    }

    static StreamForward paced(Upstream upstream, long upload, long download) {
        StreamForward free = forward(upstream);
        return new StreamForward(
                free.target(),
                free.tls(),
                free.proxyProtocol(),
                free.retry(),
                free.timeouts(),
                new StreamForward.Rates(upload, download),
                free.localAddress(),
                free.socketKeepAlive(),
                free.passesHalfClose(),
                free.overture(),
                free.program(),
                HERE);
    }

    /// The same, to somewhere else.
    static StreamForward to(StreamForward.Target target, StreamForward usual) {
        return new StreamForward(
                target,
                usual.tls(),
                usual.proxyProtocol(),
                usual.retry(),
                usual.timeouts(),
                usual.rates(),
                usual.localAddress(),
                usual.socketKeepAlive(),
                usual.passesHalfClose(),
                usual.overture(),
                usual.program(),
                HERE);
    }

    static StreamHost host(StreamForward forward) {
        return host(SETTINGS, List.of(), new StreamAction.ForwardTo(forward));
    }

    static StreamHost host(StreamSettings settings, List<StreamRule> rules, StreamAction action) {
        return new StreamHost(List.of(), Optional.empty(), List.of(), settings, rules, action, HERE);
    }

    static StreamListener listener(StreamHost host) {
        return listener(false, host);
    }

    static StreamListener listener(boolean proxyProtocol, StreamHost host) {
        return new StreamListener(
                new Address.Tcp("127.0.0.1", 0), SocketOptions.DEFAULT, false, proxyProtocol, host, HERE);
    }

    static Plan plan(StreamListener... listeners) {
        return new Plan(HttpPlan.EMPTY, RuntimeOptions.DEFAULT)
                .withStream(new StreamPlan(List.of(listeners), List.of(), 0));
    }

    static Engine start(StreamListener... listeners) throws PlanRefused {
        return Engine.start(plan(listeners), EngineOptions.of(Clock.system()).loops(2));
    }

    static int port(Engine engine) {
        return engine.boundAddresses().values().stream()
                .map(address -> address instanceof Address.Tcp tcp ? tcp.port() : 0)
                .findFirst()
                .orElseThrow();
    }
}
