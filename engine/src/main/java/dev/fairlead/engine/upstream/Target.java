package dev.fairlead.engine.upstream;

import dev.fairlead.engine.compile.CompileContext;
import dev.fairlead.engine.compile.Text;
import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.upstream.balance.GroupBuilder;
import dev.fairlead.engine.upstream.dial.Destination;
import dev.fairlead.engine.upstream.dial.LocalAddress;
import dev.fairlead.engine.upstream.dial.Securing;
import dev.fairlead.engine.upstream.dial.Urls;
import dev.fairlead.engine.upstream.server.ServerGroup;
import dev.fairlead.model.http.Forward;
import dev.fairlead.model.upstream.Upstream;
import org.jspecify.annotations.Nullable;

/// Finds out where requests of a location go.
interface Target {
    /// The one destination of all requests; null if each has its own.
    @Nullable
    Destination fixed();

    /// Begins forwarding once the destination is known, or answers with an error.
    void find(Exchange exchange, ForwardSettings settings, LoopShare share);

    static Target compile(Forward forward, Upstreams upstreams, CompileContext context) {
        return switch (forward.target()) {
            case Forward.Target.Fixed target -> fixed(target, forward, upstreams, context);
            case Forward.Target.Computed target -> ComputedTarget.compile(target, upstreams, context);
        };
    }

    private static Target fixed(
            Forward.Target.Fixed target, Forward forward, Upstreams upstreams, CompileContext context) {
        Upstream upstream = target.upstream();
        ServerGroup group = upstreams.group(upstream, context);
        Securing securing = Securing.compile(target.tls(), upstream, context);
        String host = Urls.hostOf(target.hostText());
        int port = Urls.port(target.portText());
        Destination destination = new Destination(
                group,
                GroupBuilder.balancer(upstream, group, context),
                Text.bytes(target.hostText()),
                target.portText(),
                "",
                securing.poolKey(upstream.name(), host),
                upstream.idle(),
                securing.forHost(host, port),
                securing.ownForHost(upstream.name(), host, port),
                null);
        boolean isSame =
                securing.isSameForAll() && forward.request().localAddress().isEmpty();
        return new Fixed(destination, isSame, securing);
    }

    /// The same servers for all requests.
    ///
    /// @param isSame whether that holds for the name TLS is told and for our own address, too
    record Fixed(Destination destination, boolean isSame, Securing securing) implements Target {
        @Override
        public @Nullable Destination fixed() {
            return isSame ? destination : null;
        }

        @Override
        public void find(Exchange exchange, ForwardSettings settings, LoopShare share) {
            Destination present = securing.forRequest(destination, exchange);
            share.forward(exchange, settings, LocalAddress.of(settings.localAddress(), exchange, present));
        }
    }
}
