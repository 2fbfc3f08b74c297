package dev.fairlead.engine.stream;

import dev.fairlead.engine.upstream.server.HostAnswers;
import dev.fairlead.engine.upstream.server.HostLookup;
import dev.fairlead.model.net.Address;
import dev.fairlead.model.stream.StreamForward;
import dev.fairlead.model.upstream.Upstream;
import dev.fairlead.source.Diagnostic;
import dev.fairlead.source.Problems;
import java.net.UnknownHostException;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Finds out which names of servers can be found at present, where it is no problem that some cannot: what is said
/// of them is a warning. Waits for the system's resolver: not to be called on an event loop.
public final class NameTrial {
    private NameTrial() {}

    /// @param targets servers that are looked up later where they have to be
    /// @param answers of their [hosts][#hosts]
    /// @param problems a warning is added, once for each place
    public static void of(List<StreamForward.Target.Fixed> targets, HostAnswers answers, Problems problems) {
        Problems found = new Problems();
        targets.forEach(
                target -> known(target, server -> answers.of(server.address()) != HostAnswers.Answer.UNKNOWN, found));
        found.all().forEach(problems::addOnce);
    }

    /// The names that a start looks up.
    public static Stream<String> hosts(StreamForward.Target.Fixed target) {
        return tried(target).stream()
                .map(Upstream.Server::address)
                .flatMap(address -> address instanceof Address.Tcp tcp ? Stream.of(tcp.host()) : Stream.empty());
    }

    /// None where all are looked up for each connection.
    private static List<Upstream.Server> tried(StreamForward.Target.Fixed target) {
        return target.late().filter(StreamForward.LateNames::always).isPresent()
                ? List.of()
                : target.upstream().servers();
    }

    /// Servers that connections go to without looking their names up again; none where all are looked up again.
    static List<Upstream.Server> known(StreamForward.Target.Fixed target, Problems problems) {
        return known(target, NameTrial::isKnown, problems);
    }

    private static List<Upstream.Server> known(
            StreamForward.Target.Fixed target, Predicate<Upstream.Server> isKnown, Problems problems) {
        List<Upstream.Server> all = tried(target);
        List<Upstream.Server> known = all.stream().filter(isKnown).toList();
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
