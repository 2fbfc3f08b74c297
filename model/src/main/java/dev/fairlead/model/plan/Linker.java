package dev.fairlead.model.plan;

import dev.fairlead.model.net.Listener;
import dev.fairlead.model.stream.StreamListener;
import dev.fairlead.source.Diagnostic;
import dev.fairlead.source.Problems;
import java.util.List;

/// Finds where a plan connects to itself, and has it do so without sockets. A pure function from plan to plan.
///
/// It goes by the addresses of the configuration: it comes before a [PortMap], which moves listeners and leaves
/// links where they are, so that a forward to port 5000 reaches the listener that is written as 5000 wherever
/// that listens now.
///
/// A link says only that no socket is needed. What travels is the same, and what each side does with it too.
public final class Linker {
    private Linker() {}

    /// The plan with a link for every hop inside it that can do without a socket.
    ///
    /// @param problems a warning is added for hops that cannot work and for requests that would go round in
    ///     circles, a note for hops that keep their sockets
    public static Plan link(Plan plan, Problems problems) {
        List<Hop> hops = hops(plan);
        hops.forEach(hop -> remark(hop, problems));
        Circles.report(plan, problems);
        StreamCircles.report(plan, problems);
        return plan.withLinks(hops.stream()
                .filter(hop -> hop.kind() == Hop.Kind.PLAIN)
                .map(Hop::link)
                .toList());
    }

    private static void remark(Hop hop, Problems problems) {
        String listener = hop.to().text() + " (" + hop.listening().fileAndLine() + ")";
        switch (hop.kind()) {
            case PLAIN -> {}
            case SECURED ->
                problems.add(Diagnostic.note(
                        "link.tls",
                        hop.forward(),
                        "the connection to " + listener + " is made over a socket, with TLS"));
            case TLS_TO_PLAIN ->
                problems.warning(
                        "link.mismatch",
                        hop.forward(),
                        listener + " does not speak TLS: every request fails",
                        "pass requests on without TLS, or have that listener speak it");
            case PLAIN_TO_TLS ->
                problems.warning(
                        "link.mismatch",
                        hop.forward(),
                        listener + " speaks TLS: every request is answered 400",
                        "pass requests on with TLS");
            case PROXY_PROTOCOL ->
                problems.warning(
                        "link.mismatch",
                        hop.forward(),
                        listener + " expects the PROXY protocol, which is not sent: every request fails",
                        "have another listener for requests that are passed on");
            case PROXY_PROTOCOL_UNEXPECTED ->
                problems.warning(
                        "link.mismatch",
                        hop.forward(),
                        listener + " does not expect the PROXY protocol, which is sent: every connection fails",
                        "have that listener accept the PROXY protocol, or do not send it");
        }
    }

    /// Every hop inside the plan, in the order of its forwards, each way from one place to a listener once.
    /// Before listeners are moved.
    public static List<Hop> hops(Plan plan) {
        Reach reach = new Reach(plan.listeners());
        return Departures.of(plan).stream()
                .flatMap(departure -> reach.from(departure.to()).map(listener -> hop(departure, listener)).stream())
                .toList();
    }

    private static Hop hop(Departures.Departure departure, Listener listener) {
        return new Hop(
                departure.to(), listener.address(), departure.origin(), listener.origin(), kind(departure, listener));
    }

    private static Hop.Kind kind(Departures.Departure departure, Listener listener) {
        if (listener.proxyProtocol() != departure.hasProxyHeader()) {
            return listener.proxyProtocol() ? Hop.Kind.PROXY_PROTOCOL : Hop.Kind.PROXY_PROTOCOL_UNEXPECTED;
        }
        boolean isSecured = departure.security() == Departures.Security.TLS;
        if (listener.tls()) {
            return switch (departure.security()) {
                case TLS -> Hop.Kind.SECURED;
                case PLAIN -> Hop.Kind.PLAIN_TO_TLS;
                case AS_IT_CAME -> Hop.Kind.PLAIN;
            };
        }
        if (isSecured) {
            return listener instanceof StreamListener ? Hop.Kind.SECURED : Hop.Kind.TLS_TO_PLAIN;
        }
        return Hop.Kind.PLAIN;
    }
}
