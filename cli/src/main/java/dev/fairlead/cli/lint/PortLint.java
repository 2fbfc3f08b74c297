package dev.fairlead.cli.lint;

import dev.fairlead.cli.stack.Mentions;
import dev.fairlead.model.net.Address;
import dev.fairlead.model.plan.Outlet;
import dev.fairlead.model.plan.Plan;
import dev.fairlead.model.service.Service;
import dev.fairlead.model.service.UnitSet;
import dev.fairlead.model.service.execution.Command;
import dev.fairlead.source.Diagnostic;
import dev.fairlead.source.Problems;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Whether what is passed on arrives, and what listens is asked. Where a service listens is known only from the
/// words of its command line, so this goes by ports and paths that appear in them.
final class PortLint {
    static final String UNHEARD = "lint.nothing-listens";
    static final String UNASKED = "lint.nothing-asks";

    private static final Set<String> THIS_MACHINE = Set.of("127.0.0.1", "localhost", "::1", "0.0.0.0", "::", "*");
    private static final Pattern BOUND =
            Pattern.compile("(?:^|\\s)(?:--bind|-b|--listen|--port|-p)[= ]?(?:[^\\s:]*:)?([0-9]{2,5})(?=\\s|$)");

    private PortLint() {}

    static void look(Plan plan, UnitSet units, Problems problems) {
        if (units.isEmpty() || plan.listeners().isEmpty()) {
            return;
        }
        List<Outlet> outlets = Outlet.of(plan);
        Set<String> told = new HashSet<>();
        for (Outlet outlet : outlets) {
            boolean isHeard = outlet.isInside()
                    || units.programs().stream().anyMatch(service -> Mentions.of(service, outlet.to()));
            if (!isHeard && isHere(outlet.to()) && told.add(outlet.to().text() + outlet.origin())) {
                problems.warning(
                        UNHEARD,
                        outlet.origin(),
                        "nothing in this stack listens on " + outlet.to().text(),
                        "if another program on this machine does, this is fine");
            }
        }
        for (Service service : units.programs()) {
            unasked(service, outlets, problems);
        }
    }

    private static void unasked(Service service, List<Outlet> outlets, Problems problems) {
        for (Command command : service.commands().start()) {
            Matcher bound = BOUND.matcher(String.join(" ", command.arguments()));
            while (bound.find()) {
                int port = Integer.parseInt(bound.group(1));
                boolean isAsked = outlets.stream()
                        .anyMatch(outlet -> outlet.to() instanceof Address.Tcp tcp && tcp.port() == port);
                if (!isAsked) {
                    problems.add(Diagnostic.note(
                                    UNASKED,
                                    command.origin(),
                                    "nothing in this stack passes requests to port " + port + " of " + service.name())
                            .hint("if clients connect to it themselves, this is fine"));
                }
            }
        }
    }

    /// Whether an address is one of this machine for certain.
    static boolean isHere(Address address) {
        return switch (address) {
            case Address.Tcp tcp ->
                THIS_MACHINE.contains(tcp.host()) || tcp.host().matches("127(\\.[0-9]+){3}");
            case Address.Unix unix -> true;
        };
    }
}
