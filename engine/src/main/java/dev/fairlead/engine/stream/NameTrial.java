package dev.fairlead.engine.stream;

import dev.fairlead.engine.upstream.server.HostLookup;
import dev.fairlead.model.net.Address;
import dev.fairlead.model.plan.Passage;
import dev.fairlead.model.plan.Plan;
import dev.fairlead.model.stream.StreamForward;
import dev.fairlead.model.upstream.Upstream;
import dev.fairlead.source.Diagnostic;
import dev.fairlead.source.Problems;
import java.net.UnknownHostException;
import java.util.List;

/// Finds out which names of servers can be found at present, where it is no problem that some cannot: what is said
/// of them is a warning. Waits for the system's resolver: not to be called on an event loop.
public final class NameTrial {
    private NameTrial() {}

    /// @param problems a warning is added, once for each place
    public static void of(Plan plan, Problems problems) {
        Problems found = new Problems();
        for (Passage passage : Passage.of(plan)) {
            if (passage instanceof Passage.OfConnections connections
                    && connections.forward().target() instanceof StreamForward.Target.Fixed fixed
                    && fixed.late().isPresent()) {
                known(fixed, found);
            }
        }
        found.all().forEach(problems::addOnce);
    }

    /// Servers that connections go to without looking their names up again; none where all are looked up again.
    static List<Upstream.Server> known(StreamForward.Target.Fixed target, Problems problems) {
        if (target.late().filter(StreamForward.LateNames::always).isPresent()) {
            return List.of();
        }
        List<Upstream.Server> all = target.upstream().servers();
        List<Upstream.Server> known = all.stream().filter(NameTrial::isKnown).toList();
        all.stream()
                .filter(server -> !known.contains(server))
                .map(server -> warning(server, known.isEmpty()))
                .forEach(problems::add);
        return known;
    }

    private static boolean isKnown(Upstream.Server server) {
        try {
            return !HostLookup.addresses(server.address()).isEmpty();
        } catch (UnknownHostException unknown) {
            return false;
        }
    }

    private static Diagnostic warning(Upstream.Server server, boolean isAskedAgain) {
        String host = server.address() instanceof Address.Tcp tcp
                ? tcp.host()
                : server.address().text();
        String message = "host not found: \"" + host + "\"";
        return isAskedAgain
                ? Diagnostic.warning(
                                "upstream.host-not-found",
                                server.origin(),
                                message + "; it is looked up again for each connection")
                        .hint("is the name written right, and known to the name servers or in /etc/hosts?")
                : Diagnostic.warning(
                                "upstream.host-not-found",
                                server.origin(),
                                message + "; connections go to the other servers alone")
                        .hint("\"delay = yes\" looks all of them up again for each connection");
    }
}
