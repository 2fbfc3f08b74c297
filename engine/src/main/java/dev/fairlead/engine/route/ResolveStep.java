package dev.fairlead.engine.route;

import dev.fairlead.engine.compile.CompileContext;
import dev.fairlead.engine.compile.Text;
import dev.fairlead.engine.connection.Peer;
import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.text.Setter;
import dev.fairlead.engine.text.Texts;
import dev.fairlead.engine.upstream.Upstreams;
import dev.fairlead.model.http.Rule;
import dev.fairlead.time.Clock;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;

/// Waits for the address of a host. Whoever only looks on does not.
final class ResolveStep implements Rules.Step {
    private final Rule.Resolve rule;
    private final Text host;
    private final Setter target;
    private final Upstreams upstreams;
    private final Clock clock;

    ResolveStep(Rule.Resolve rule, CompileContext context) {
        this.rule = rule;
        this.host = context.text(rule.host());
        this.target = Setter.of(rule.target(), Texts.of(context), rule.origin());
        this.upstreams = context.shared().part(Upstreams.class, Upstreams::new);
        this.clock = context.clock();
    }

    @Override
    public Rules.Outcome run(Exchange exchange) {
        String name = host.of(exchange).toLowerCase(Locale.ROOT);
        if (!Upstreams.isName(name) || exchange.tracer() != null) {
            return Rules.Outcome.NEXT;
        }
        return new Wait(exchange).begin(name);
    }

    /// One request that waits. What is known already is told at once.
    private final class Wait {
        private final Exchange exchange;
        private final Passage passage;
        private final long serial;
        private boolean isTold;
        private boolean isLate;

        Wait(Exchange exchange) {
            this.exchange = exchange;
            this.passage = Passage.of(exchange);
            this.serial = passage.serial();
        }

        Rules.Outcome begin(String name) {
            exchange.onClientGone(() -> passage.abandon(serial));
            upstreams.resolve(name, rule.by(), exchange.loop(), clock, this::told);
            if (isTold) {
                return Rules.Outcome.NEXT;
            }
            isLate = true;
            return Rules.Outcome.WAITING;
        }

        private void told(List<InetAddress> addresses) {
            if (!passage.isStill(serial)) {
                return;
            }
            isTold = true;
            exchange.onClientGone(null);
            addresses.stream()
                    .findFirst()
                    .ifPresent(address -> target.set(
                            exchange, Peer.of(address.getAddress(), 0).text()));
            if (isLate) {
                Phases.guard(exchange, () -> Phases.resume(exchange));
            }
        }
    }
}
