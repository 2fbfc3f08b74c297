package dev.fairlead.engine.upstream;

import dev.fairlead.engine.compile.CompileContext;
import dev.fairlead.engine.http.Exchange;
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
            case Forward.Target.Fixed target -> {
                Upstream upstream = target.upstream();
                ServerGroup group = upstreams.group(upstream, context);
                yield new Fixed(new Destination(
                        group,
                        GroupBuilder.balancer(upstream, group, context),
                        target.tls().isPresent() ? "https" : "http",
                        target.hostText(),
                        target.portText(),
                        "",
                        new PoolKey(upstream.name(), "", ""),
                        upstream.idle(),
                        null));
            }
            case Forward.Target.Computed target -> throw new UnsupportedOperationException("computed");
        };
    }

    /// The same for all requests.
    record Fixed(Destination fixed) implements Target {
        @Override
        public void find(Exchange exchange, ForwardSettings settings, LoopShare share) {
            share.forwarding().begin(exchange, settings, fixed);
        }
    }
}
