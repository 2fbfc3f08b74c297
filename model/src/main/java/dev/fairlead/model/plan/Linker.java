package dev.fairlead.model.plan;

import dev.fairlead.model.http.HttpListener;
import dev.fairlead.source.Problems;
import java.util.List;

/// Finds where a plan connects to itself, and has it do so without sockets. A pure function from plan to plan.
///
/// It goes by the addresses of the configuration: it comes before a [PortMap], which moves listeners and leaves
/// links where they are, so that a forward to port 5000 reaches the listener that is written as 5000 wherever
/// that
/// listens now.
///
/// A link says only that no socket is needed. What travels is the same, and what each side does with it too.
public final class Linker {
    private Linker() {}

    /// The plan with a link for every hop inside it that can do without a socket.
    ///
    /// @param problems a warning is added for requests that would go round in circles
    public static Plan link(Plan plan, Problems problems) {
        List<Link> links = hops(plan).stream()
                .filter(hop -> hop.kind() == Hop.Kind.PLAIN)
                .map(Hop::link)
                .toList();
        Circles.report(plan, problems);
        return plan.withLinks(links);
    }

    /// Every hop inside the plan, in the order of its forwards, each way from one place to a listener once.
    /// Before
    /// listeners are moved.
    public static List<Hop> hops(Plan plan) {
        Reach reach = new Reach(plan.http().listeners());
        return Departures.of(plan.http()).stream()
                .flatMap(departure -> reach.from(departure.to()).map(listener -> hop(departure, listener)).stream())
                .toList();
    }

    private static Hop hop(Departures.Departure departure, HttpListener listener) {
        return new Hop(
                departure.to(),
                listener.address(),
                departure.origin(),
                listener.origin(),
                kind(departure.isSecured(), listener));
    }

    private static Hop.Kind kind(boolean isSecured, HttpListener listener) {
        if (listener.proxyProtocol()) {
            return Hop.Kind.PROXY_PROTOCOL;
        }
        if (listener.tls()) {
            return isSecured ? Hop.Kind.SECURED : Hop.Kind.PLAIN_TO_TLS;
        }
        return isSecured ? Hop.Kind.TLS_TO_PLAIN : Hop.Kind.PLAIN;
    }
}
