package dev.fairlead.dialect.haproxy.build;

import dev.fairlead.dialect.HopFields;
import dev.fairlead.dialect.haproxy.build.rule.Compressions;
import dev.fairlead.dialect.haproxy.build.server.AskedAddress;
import dev.fairlead.dialect.haproxy.build.server.Servers;
import dev.fairlead.dialect.haproxy.build.server.Sources;
import dev.fairlead.dialect.haproxy.build.workshop.Workshop;
import dev.fairlead.dialect.haproxy.scope.Entry;
import dev.fairlead.dialect.haproxy.scope.Proxy;
import dev.fairlead.dialect.haproxy.value.Figures;
import dev.fairlead.model.http.Forward;
import dev.fairlead.model.text.Attribute;
import dev.fairlead.model.text.Template;
import dev.fairlead.model.text.Variable;
import dev.fairlead.model.upstream.Upstream;
import dev.fairlead.source.Span;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;

/// How requests of a frontend are passed to the servers of a backend.
final class Forwards {
    private static final int BUFFER = 16_384;
    private static final int MOST = 1_000_000;
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

    private Forwards() {}

    static Forward of(Workshop workshop, Proxy front, Proxy back, Upstream upstream, Servers.Group group) {
        Span at = back.origin();
        Forward.Target target = AskedAddress.of(upstream, workshop)
                .<Forward.Target>map(parts -> new Forward.Target.Computed(
                        AskedAddress.url(parts, group.tls().isPresent() ? "https://" : "http://", at),
                        List.of(),
                        group.tls(),
                        AskedAddress.resolver(at)))
                .orElseGet(() -> new Forward.Target.Fixed(upstream, group.tls(), upstream.name(), "80"));
        return new Forward(
                target,
                new Forward.PathMapping.Unchanged(),
                request(workshop, front, back, upstream),
                Forward.Response.passing(BUFFER, List.of()),
                retry(workshop, back),
                timeouts(workshop, back),
                Forward.Unreachable.UNAVAILABLE,
                at);
    }

    private static Forward.Request request(Workshop workshop, Proxy front, Proxy back, Upstream upstream) {
        boolean closes = List.of(front, back).stream()
                .anyMatch(proxy -> proxy.isOn("option httpclose") || proxy.isOn("option http-server-close"));
        List<Forward.FieldAssignment> fields =
                new ArrayList<>(HopFields.passingUpgrades("connection", "upgrade", closes ? "close" : ""));
        back.last("http-send-name-header")
                .ifPresent(entry -> fields.add(new Forward.FieldAssignment(
                        entry.text(0),
                        Template.of(new Variable.Builtin(Attribute.UPSTREAM_SERVER), entry.origin()),
                        entry.origin())));
        new Compressions(workshop, front, back).hidden().ifPresent(fields::add);
        return new Forward.Request(
                Forward.Version.HTTP_1_1,
                Optional.empty(),
                fields,
                true,
                true,
                Optional.empty(),
                false,
                localAddress(workshop, back, upstream),
                back.isOn("option tcpka") || back.isOn("option srvtcpka"));
    }

    /// Where connections to addresses are made from that are found out for a request or a connection; servers have
    /// it themselves.
    static Optional<Template> localAddress(Workshop workshop, Proxy back, Upstream upstream) {
        return AskedAddress.of(upstream, workshop).isEmpty()
                ? Optional.empty()
                : new Sources(workshop).of(back).map(source -> Template.constant(source.host(), back.origin()));
    }

    /// Requests that were sent are tried again only where `retry-on` asks for more than `conn-failure`; then all
    /// of them are, whatever their method.
    private static Forward.Retry retry(Workshop workshop, Proxy back) {
        int retries =
                back.last("retries").map(entry -> workshop.number(entry, MOST)).orElse(3);
        EnumSet<Forward.Failure> on = EnumSet.noneOf(Forward.Failure.class);
        back.last("retry-on")
                .ifPresentOrElse(
                        entry -> entry.args().forEach(word -> add(workshop, word.text(), entry, on)),
                        () -> on.add(Forward.Failure.CONNECT));
        boolean isForAll = on.stream().anyMatch(failure -> failure != Forward.Failure.CONNECT);
        return new Forward.Retry(on, isForAll, retries + 1, Duration.ZERO, Optional.of(insistence(workshop, back)));
    }

    private static Forward.Insistence insistence(Workshop workshop, Proxy back) {
        Duration connect = workshop.limit(back, "timeout connect", "contimeout");
        Duration pause = connect.compareTo(LONGEST_PAUSE) < 0 ? connect : LONGEST_PAUSE;
        return new Forward.Insistence(elsewhere(workshop, back), pause);
    }

    /// `option redispatch [N]`: the last try goes to another server, or every one whose number N divides.
    private static int elsewhere(Workshop workshop, Proxy back) {
        Optional<Entry> entry = back.last("option redispatch").filter(Entry::isOn);
        if (entry.isEmpty() || entry.get().count() == 0) {
            return entry.isEmpty() ? 0 : -1;
        }
        return Figures.signed(entry.get().text(0))
                .filter(number -> Math.abs(number) <= MOST)
                .map(Long::intValue)
                .orElseGet(() -> {
                    workshop.problems()
                            .error(
                                    "haproxy.number",
                                    entry.get().arg(0).span(),
                                    "'option redispatch' expects an integer argument, not '"
                                            + entry.get().text(0) + "'");
                    return -1;
                });
    }

    private static void add(Workshop workshop, String word, Entry entry, EnumSet<Forward.Failure> on) {
        switch (word) {
            case "none" -> on.clear();
            case "conn-failure", "0rtt-rejected" -> on.add(Forward.Failure.CONNECT);
            case "empty-response" -> on.add(Forward.Failure.ERROR);
            case "junk-response" -> on.add(Forward.Failure.INVALID_HEADER);
            case "response-timeout" -> on.add(Forward.Failure.TIMEOUT);
            case "all-retryable-errors" ->
                on.addAll(EnumSet.of(
                        Forward.Failure.CONNECT,
                        Forward.Failure.ERROR,
                        Forward.Failure.INVALID_HEADER,
                        Forward.Failure.TIMEOUT,
                        Forward.Failure.STATUS_500,
                        Forward.Failure.STATUS_502,
                        Forward.Failure.STATUS_503,
                        Forward.Failure.STATUS_504));
            case "500" -> on.add(Forward.Failure.STATUS_500);
            case "502" -> on.add(Forward.Failure.STATUS_502);
            case "503" -> on.add(Forward.Failure.STATUS_503);
            case "504" -> on.add(Forward.Failure.STATUS_504);
            case "403" -> on.add(Forward.Failure.STATUS_403);
            case "404" -> on.add(Forward.Failure.STATUS_404);
            case "429" -> on.add(Forward.Failure.STATUS_429);
            case "401" -> on.add(Forward.Failure.STATUS_401);
            case "408" -> on.add(Forward.Failure.STATUS_408);
            case "421" -> on.add(Forward.Failure.STATUS_421);
            case "425" -> on.add(Forward.Failure.STATUS_425);
            case "501" -> on.add(Forward.Failure.STATUS_501);
            default ->
                workshop.problems()
                        .error("haproxy.retry-on", entry.origin(), "'retry-on' : unknown keyword '" + word + "'");
        }
    }

    private static Forward.Timeouts timeouts(Workshop workshop, Proxy back) {
        Duration server = workshop.limit(back, "timeout server", "srvtimeout");
        Duration connect = workshop.limit(back, "timeout connect", "contimeout");
        return new Forward.Timeouts(
                connect, server, server, back.last("timeout tunnel").flatMap(workshop::delay));
    }
}
