package dev.fairlead.engine.stream;

import dev.fairlead.engine.access.AddressRules;
import dev.fairlead.engine.compile.Text;
import dev.fairlead.engine.connection.ConnectionInfo;
import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.trace.Event;
import dev.fairlead.engine.upstream.StreamServers;
import dev.fairlead.model.net.ProxyProtocol;
import dev.fairlead.model.tls.TlsClient;
import dev.fairlead.time.Clock;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Works out what would become of a connection, the way a [StreamSession] does, and sends nothing anywhere. To be
/// called on the event loop.
public final class Preview {
    private final StreamEntry entry;
    private final ConnectionInfo connection;
    private final Clock clock;
    private final PresentConnection present;
    private final List<Event> events = new ArrayList<>();

    private Preview(StreamEntry entry, ConnectionInfo connection, EventLoop loop, Clock clock) {
        this.entry = entry;
        this.connection = connection;
        this.clock = clock;
        this.present = new PresentConnection(loop);
    }

    /// @param connection its server name is the one in the client's ClientHello, whoever reads that
    /// @return what happens to it
    public static List<Event> of(StreamEntry entry, ConnectionInfo connection, EventLoop loop, Clock clock) {
        Preview preview = new Preview(entry, connection, loop, clock);
        preview.run();
        return List.copyOf(preview.events);
    }

    private void run() {
        StreamService service = service();
        boolean isNameKnown = entry.isTls() || service.settings().preread().isPresent();
        events.add(new Event.ServiceFound(service.host(), isNameKnown ? connection.tlsServerName() : ""));
        Exchange exchange = exchange();
        AddressRules.Finding finding = service.access().judge(exchange.client());
        if (finding.isDenied()) {
            events.add(new Event.TurnedAway(finding.origin()));
            return;
        }
        switch (service.choose(exchange, 0).course()) {
            case Course.Forward forward -> passOn(forward);
            case Course.Answer(var text) -> events.add(new Event.Told(text.of(exchange())));
            // The next rule was asked.
            case Course.Remember remember -> {}
            case Course.LookUp lookUp -> {}
            case Course.Close(boolean byReset, boolean isTold) -> events.add(new Event.Closed(byReset));
        }
    }

    private StreamService service() {
        return entry.isTls() ? entry.byName().find(connection.tlsServerName()) : entry.otherwise();
    }

    private Exchange exchange() {
        Exchange exchange = present.of(connection, service().client(connection));
        exchange.counters().started(clock.monotonicNanos(), clock.wallMillis(), false);
        exchange.tracer(events::add);
        return exchange;
    }

    private void passOn(Course.Forward forward) {
        switch (forward.target()) {
            case Course.Target.Fixed fixed -> passOn(forward, fixed.servers(), fixed.host());
            case Course.Target.Late late -> {
                String first = late.upstream().servers().getFirst().address().text();
                Optional<Event.Server> server = Optional.of(new Event.Server(first, first));
                relayed(forward, late.upstream().name(), server, late.host(), Optional.empty(), Optional.empty());
            }
            case Course.Target.Computed computed -> {
                String text = computed.address().of(exchange());
                StreamServers declared = computed.declared().get(text.toLowerCase(Locale.ROOT));
                if (declared == null) {
                    Optional<Event.Server> server = Optional.of(new Event.Server(text, text));
                    relayed(forward, text, server, text, Optional.empty(), Optional.empty());
                } else {
                    passOn(forward, declared, text);
                }
            }
        }
    }

    private void passOn(Course.Forward forward, StreamServers servers, String host) {
        StreamServers.Search search = servers.search(1);
        boolean isThere = search.next(exchange(), clock.monotonicNanos());
        Optional<Event.Server> server =
                isThere ? Optional.of(new Event.Server(search.name(), search.configured())) : Optional.empty();
        Optional<TlsClient> tls = isThere ? search.tls() : Optional.empty();
        Optional<ProxyProtocol> header = isThere ? search.proxyHeader() : Optional.empty();
        if (isThere) {
            search.dropped(clock.monotonicNanos());
        }
        relayed(forward, servers.name(), server, host, tls, header);
    }

    /// @param ownTls of the server, which counts where the forward says nothing
    /// @param ownHeader of the server, which counts first
    private void relayed(
            Course.Forward forward,
            String upstream,
            Optional<Event.Server> server,
            String host,
            Optional<TlsClient> ownTls,
            Optional<ProxyProtocol> ownHeader) {
        Optional<TlsClient> wanted = forward.how().tls().or(() -> ownTls);
        ServerTls tls =
                forward.tls() == null && ownTls.isPresent() ? forward.own().get(ownTls.get()) : forward.tls();
        Text name = tls == null ? null : tls.name();
        String asked = name == null ? host : name.of(exchange());
        events.add(new Event.Relayed(
                forward.how(),
                upstream,
                server,
                wanted,
                wanted.isPresent() ? asked : "",
                ownHeader.or(() -> forward.how().proxyProtocol())));
    }
}
