package dev.fairlead.engine.stream;

import dev.fairlead.engine.access.AddressRules;
import dev.fairlead.engine.access.ConnectionLimits;
import dev.fairlead.engine.compile.CompileContext;
import dev.fairlead.engine.connection.ConnectionInfo;
import dev.fairlead.engine.connection.Peer;
import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.log.PlaceLogs;
import dev.fairlead.engine.proxy.ProxyHeaderWriter;
import dev.fairlead.engine.text.Addresses;
import dev.fairlead.engine.text.Check;
import dev.fairlead.engine.text.ForwardedAddress;
import dev.fairlead.engine.text.Texts;
import dev.fairlead.engine.text.Verdicts;
import dev.fairlead.engine.tls.HostTls;
import dev.fairlead.engine.tls.LiveCertificates;
import dev.fairlead.engine.trace.Event;
import dev.fairlead.engine.trace.Tracer;
import dev.fairlead.model.http.Logging;
import dev.fairlead.model.net.ProxyProtocol;
import dev.fairlead.model.stream.StreamHost;
import dev.fairlead.model.stream.StreamRule;
import dev.fairlead.model.stream.StreamSettings;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What happens to the connections of one host. Immutable.
final class StreamService {
    private final StreamHost host;
    private final StreamSettings settings;
    private final Texts texts;
    private final @Nullable HostTls tls;
    private final AddressRules access;
    private final ConnectionLimits limits;
    private final List<Option> options;
    private final Course otherwise;
    private final Course unverified;
    private final PlaceLogs logs;
    private final boolean isLogged;
    private final @Nullable Check headed;

    /// Who a connection is from: the one that a header names whose sender is believed, else the other end.
    Peer client(ConnectionInfo connection) {
        Optional<Peer> named = connection.proxiedClient();
        return named.isPresent() && isBelieved(connection) ? named.get() : connection.remote();
    }

    /// The address that the client asked for, for servers to be told.
    Peer asked(ConnectionInfo connection) {
        Optional<Peer> named = settings.believed().withDestination() ? connection.proxiedServer() : Optional.empty();
        return named.isPresent() && isBelieved(connection) ? named.get() : connection.local();
    }

    /// What a server is told of a client before the client's own bytes.
    ByteBuf header(ConnectionInfo connection, ProxyProtocol version, ByteBufAllocator allocator) {
        return ProxyHeaderWriter.write(version, client(connection), asked(connection), allocator);
    }

    private boolean isBelieved(ConnectionInfo connection) {
        byte[] sender = Addresses.unmapped(connection.remote().address());
        return ForwardedAddress.isIn(settings.believed().senders(), sender);
    }

    private record Option(StreamRule rule, Check when, Course then) {}

    /// What a rule says.
    ///
    /// @param next the number of the one behind it
    record Choice(Course course, int next) {}

    private StreamService(
            StreamHost host,
            Texts texts,
            @Nullable HostTls tls,
            ConnectionLimits limits,
            List<Option> options,
            Course otherwise,
            Course unverified,
            PlaceLogs logs) {
        this.host = host;
        this.headed = host.settings()
                .headed()
                .map(condition -> Check.compile(condition, texts))
                .orElse(null);
        this.settings = host.settings();
        this.texts = texts;
        this.tls = tls;
        this.access = new AddressRules(settings.access());
        this.limits = limits;
        this.options = List.copyOf(options);
        this.otherwise = otherwise;
        this.unverified = unverified;
        this.logs = logs;
        this.isLogged = host.settings().logging().access().stream()
                .anyMatch(log -> !(log.target() instanceof Logging.Target.Nowhere));
    }

    /// @param speaksTls whether certificates are read
    static StreamService compile(StreamHost host, boolean speaksTls, CompileContext context) {
        HostTls tls = host.tls()
                .filter(wanted -> speaksTls)
                .flatMap(wanted -> HostTls.compile(
                        wanted,
                        host.protocols(),
                        context.problems(),
                        context.shared().part(LiveCertificates.class, LiveCertificates::new)))
                .orElse(null);
        List<Option> options = new ArrayList<>();
        for (StreamRule rule : host.rules()) {
            options.add(new Option(
                    rule, Check.compile(rule.when(), Texts.of(context)), Course.compile(rule.then(), context)));
        }
        return new StreamService(
                host,
                Texts.of(context),
                tls,
                ConnectionLimits.compile(host.settings().limits(), context),
                options,
                Course.compile(host.action(), context),
                host.unverified().map(action -> Course.compile(action, context)).orElse(new Course.Close(false, true)),
                PlaceLogs.compile(host.settings().logging(), context));
    }

    private void tell(Tracer tracer, Exchange exchange, int number, boolean holds) {
        StreamRule rule = options.get(number).rule();
        tracer.saw(new Event.Asked(rule, Verdicts.of(rule.when(), exchange, texts)));
        boolean isLast = holds && isChosenBy(options.get(number));
        if (isLast && number + 1 < options.size()) {
            tracer.saw(new Event.NotAsked(host.rules().subList(number + 1, options.size())));
        }
    }

    /// Whether no further rule is asked once it holds.
    private static boolean isChosenBy(Option option) {
        return !(option.then() instanceof Course.Remember || option.then() instanceof Course.LookUp);
    }

    /// As the plan has it.
    StreamHost host() {
        return host;
    }

    StreamSettings settings() {
        return settings;
    }

    /// Null where no TLS is spoken.
    @Nullable
    HostTls tls() {
        return tls;
    }

    AddressRules access() {
        return access;
    }

    /// How many connections there may be at once.
    ConnectionLimits limits() {
        return limits;
    }

    /// Whether a connection begins with a PROXY protocol header, on a listener that does not take one from all.
    boolean isHeaded(Exchange exchange) {
        return headed != null && headed.holds(exchange);
    }

    PlaceLogs logs() {
        return logs;
    }

    /// Whether a line is written for each connection.
    boolean isLogged() {
        return isLogged;
    }

    /// What becomes of a client whose certificate is not accepted.
    Course unverified() {
        return unverified;
    }

    /// What becomes of a connection. Whoever only looks on waits for no address.
    ///
    /// @param from the number of the first rule that is asked
    /// @return the course is none of those behind which the next rule is asked, but one that looks an address up
    Choice choose(Exchange exchange, int from) {
        Tracer tracer = exchange.tracer();
        for (int i = from; i < options.size(); i++) {
            Option option = options.get(i);
            boolean holds = option.when().holds(exchange);
            if (tracer != null) {
                tell(tracer, exchange, i, holds);
            }
            if (!holds || (option.then() instanceof Course.LookUp && tracer != null)) {
                continue;
            }
            if (option.then() instanceof Course.Remember(Note note)) {
                note.make(exchange);
            } else {
                return new Choice(option.then(), i + 1);
            }
        }
        return new Choice(otherwise, options.size());
    }
}
