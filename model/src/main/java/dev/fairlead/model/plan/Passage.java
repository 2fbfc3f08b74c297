package dev.fairlead.model.plan;

import dev.fairlead.model.http.Action;
import dev.fairlead.model.http.Forward;
import dev.fairlead.model.http.HttpListener;
import dev.fairlead.model.net.Address;
import dev.fairlead.model.net.Listener;
import dev.fairlead.model.stream.StreamAction;
import dev.fairlead.model.stream.StreamForward;
import dev.fairlead.model.stream.StreamHost;
import dev.fairlead.model.stream.StreamListener;
import dev.fairlead.model.tls.TlsClient;
import dev.fairlead.source.Span;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A way on from a listener of a plan to an address.
public sealed interface Passage {
    Listener from();

    Address to();

    /// The listener of the same plan that is reached, before listeners are moved by a [PortMap].
    Optional<Listener> next();

    /// Where it is asked for.
    Span origin();

    /// How long the other side may stay silent; zero for no limit.
    Duration patience();

    /// How TLS is spoken there; empty where none is, and where that is known only when it is passed on.
    Optional<TlsClient> tls();

    /// Requests are passed on.
    record OfRequests(Ending ending, Forward forward, Address to, Optional<Listener> next) implements Passage {
        @Override
        public HttpListener from() {
            return ending.listener();
        }

        @Override
        public Span origin() {
            return forward.origin();
        }

        @Override
        public Duration patience() {
            return forward.timeouts().read();
        }

        @Override
        public Optional<TlsClient> tls() {
            return switch (forward.target()) {
                case Forward.Target.Fixed fixed -> fixed.tls();
                // The scheme may turn out to be another one.
                case Forward.Target.Computed _ -> Optional.empty();
            };
        }
    }

    /// Connections are.
    record OfConnections(
            StreamListener from, StreamHost host, StreamForward forward, Address to, Optional<Listener> next)
            implements Passage {
        @Override
        public Span origin() {
            return forward.origin();
        }

        @Override
        public Duration patience() {
            return forward.timeouts().idle();
        }

        @Override
        public Optional<TlsClient> tls() {
            return forward.tls();
        }
    }

    /// All of a plan; of what is passed on where a variable says, as much as is known.
    static List<Passage> of(Plan plan) {
        Reach reach = new Reach(plan.listeners());
        List<Passage> found = new ArrayList<>();
        for (Ending ending : Ending.of(plan)) {
            if (ending.action() instanceof Action.ForwardTo to) {
                Departures.of(to.forward())
                        .forEach(departure -> found.add(
                                new OfRequests(ending, to.forward(), departure.to(), reach.from(departure.to()))));
            }
        }
        for (StreamListener listener : plan.stream().listeners()) {
            for (StreamHost host : listener.hosts()) {
                List<StreamAction> actions = new ArrayList<>();
                host.rules().forEach(rule -> actions.add(rule.then()));
                actions.add(host.action());
                for (StreamAction action : actions) {
                    if (action instanceof StreamAction.ForwardTo(StreamForward forward)) {
                        Departures.of(forward, listener)
                                .forEach(departure -> found.add(new OfConnections(
                                        listener, host, forward, departure.to(), reach.from(departure.to()))));
                    }
                }
            }
        }
        return found;
    }
}
