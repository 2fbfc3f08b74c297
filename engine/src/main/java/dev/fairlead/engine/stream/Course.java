package dev.fairlead.engine.stream;

import dev.fairlead.engine.compile.CompileContext;
import dev.fairlead.engine.compile.Text;
import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.tally.Tallies;
import dev.fairlead.engine.tally.Tally;
import dev.fairlead.engine.text.Setter;
import dev.fairlead.engine.text.Texts;
import dev.fairlead.engine.upstream.StreamServers;
import dev.fairlead.model.http.Forward.Resolver;
import dev.fairlead.model.http.Rule;
import dev.fairlead.model.stream.StreamAction;
import dev.fairlead.model.stream.StreamForward;
import dev.fairlead.model.tls.TlsClient;
import dev.fairlead.model.upstream.Upstream;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A compiled action.
sealed interface Course {

    /// @param tls null for a connection in the clear
    /// @param own of servers that have TLS of their own
    /// @param local where connections are made from; null for the system's choice
    /// @param talk what is said before TLS begins; null for nothing
    /// @param tally what is counted for the part that connections are given to; null if it is not
    record Forward(
            StreamForward how,
            Target target,
            @Nullable ServerTls tls,
            Map<TlsClient, ServerTls> own,
            @Nullable Text local,
            @Nullable Talk talk,
            @Nullable Tally tally)
            implements Course {
        /// Where the connection is made from; null for the system's choice, also where what was computed is no
        /// address.
        @Nullable
        SocketAddress localAddress(Exchange exchange) {
            byte[] bytes = local == null ? null : NetUtil.createByteArrayFromIpAddressString(local.of(exchange));
            if (bytes == null) {
                return null;
            }
            try {
                return new InetSocketAddress(InetAddress.getByAddress(bytes), 0);
            } catch (UnknownHostException wrongLength) {
                throw new IllegalStateException(wrongLength);
            }
        }
    }

    record Answer(Text text) implements Course {}

    /// @param isTold whether a line of the log tells of it
    record Close(boolean byReset, boolean isTold) implements Course {}

    /// The next rule is asked.
    record Remember(Note note) implements Course {}

    /// The next rule is asked once the address of a host is known, or known to be missing.
    ///
    /// @param target set to the address
    record LookUp(Text host, Setter target, Resolver by) implements Course {}

    /// Who gets the connection.
    sealed interface Target {
        /// @param host as the configuration names it
        record Fixed(StreamServers servers, String host) implements Target {}

        /// Looked up for each connection.
        ///
        /// @param host as the configuration names it
        record Late(Upstream upstream, String host, Resolver by) implements Target {}

        /// @param declared by name in lower case
        record Computed(Text address, Map<String, StreamServers> declared, Optional<Resolver> resolver)
                implements Target {}
    }

    static Course compile(StreamAction action, CompileContext context) {
        return switch (action) {
            case StreamAction.ForwardTo(StreamForward forward) -> compile(forward, context);
            case StreamAction.Answer answer -> new Answer(context.text(answer.text()));
            case StreamAction.Close close -> new Close(close.byReset(), close.isTold());
            case StreamAction.Remember(Rule.Resolve look) ->
                new LookUp(
                        context.text(look.host()),
                        Setter.of(look.target(), Texts.of(context), look.origin()),
                        look.by());
            case StreamAction.Remember remember -> new Remember(Note.compile(remember.what(), context));
        };
    }

    private static Course compile(StreamForward forward, CompileContext context) {
        return new Forward(
                forward,
                target(forward.target(), context),
                forward.tls()
                        .flatMap(wanted -> ServerTls.compile(wanted, context))
                        .orElse(null),
                forward.target() instanceof StreamForward.Target.Fixed(Upstream upstream, String host, var late)
                        ? own(upstream, context)
                        : Map.of(),
                forward.localAddress().map(context::text).orElse(null),
                forward.overture().map(Talk::of).orElse(null),
                tally(forward.target(), context));
    }

    private static @Nullable Tally tally(StreamForward.Target target, CompileContext context) {
        return target instanceof StreamForward.Target.Fixed fixed
                ? context.shared()
                        .part(Tallies.class, Tallies::new)
                        .back(fixed.upstream().name())
                : null;
    }

    private static Map<TlsClient, ServerTls> own(Upstream upstream, CompileContext context) {
        Map<TlsClient, ServerTls> own = new HashMap<>();
        for (Upstream.Server server : upstream.servers()) {
            server.traits()
                    .tls()
                    .filter(wanted -> !own.containsKey(wanted))
                    .ifPresent(wanted -> ServerTls.compile(wanted, context).ifPresent(made -> own.put(wanted, made)));
        }
        return own;
    }

    private static Target target(StreamForward.Target target, CompileContext context) {
        return switch (target) {
            case StreamForward.Target.Fixed fixed -> LateTarget.compile(fixed, context);
            case StreamForward.Target.Computed computed -> {
                Map<String, StreamServers> declared = new HashMap<>();
                computed.declared()
                        .forEach(upstream -> declared.put(
                                upstream.name().toLowerCase(Locale.ROOT), StreamServers.compile(upstream, context)));
                yield new Target.Computed(context.text(computed.address()), declared, computed.resolver());
            }
        };
    }
}
