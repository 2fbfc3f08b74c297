package dev.fairlead.engine.report;

import dev.fairlead.engine.upstream.Upstreams;
import dev.fairlead.engine.upstream.server.ServerFacts;
import dev.fairlead.model.control.ServerCommand;
import dev.fairlead.model.roster.Section;
import dev.fairlead.model.upstream.Duty;
import dev.fairlead.time.Clock;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What a form of the page asks for: `b` names a backend, each `s` one of its servers, and `action` what is
/// done to them. The names, and the words for what came of it, are HAProxy's: scripts post such forms.
final class FormOrders {
    private final TrafficReport report;
    private final Upstreams upstreams;
    private final Clock clock;

    FormOrders(TrafficReport report, Upstreams upstreams, Clock clock) {
        this.report = report;
        this.upstreams = upstreams;
        this.clock = clock;
    }

    /// @return `DONE`, `NONE` where nothing was asked for, `PART` where only a part could be done, `ERRP` where
    ///     the form makes no sense
    String carryOut(String form) {
        String back = "";
        String action = "";
        List<String> servers = new ArrayList<>();
        for (String pair : form.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            String value = equals < 0 ? "" : decoded(pair.substring(equals + 1));
            switch (name) {
                case "b" -> back = value;
                case "s" -> servers.add(value);
                case "action" -> action = value;
                default -> {}
            }
        }
        if (servers.isEmpty() || action.isEmpty()) {
            return "NONE";
        }
        Optional<Section> section = section(back);
        Optional<ServerCommand> command = command(action);
        if (section.isEmpty() || command.isEmpty()) {
            return "ERRP";
        }
        return carryOut(section.get(), servers, command.get());
    }

    private String carryOut(Section section, List<String> servers, ServerCommand command) {
        Set<String> known = new HashSet<>();
        report.servers(section).stream().map(ServerFacts::name).forEach(known::add);
        if (servers.stream().noneMatch(known::contains)) {
            return "ERRP";
        }
        servers.stream()
                .filter(known::contains)
                .forEach(server -> upstreams.tell(section.name(), server, command, clock));
        return known.containsAll(servers) ? "DONE" : "PART";
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException broken) {
            return "";
        }
    }

    private Optional<Section> section(String back) {
        if (!back.startsWith("#")) {
            return report.roster().back(back);
        }
        return report.roster().sections().stream()
                .filter(section ->
                        section.back().isPresent() && back.substring(1).equals("" + section.number()))
                .findFirst();
    }

    private static Optional<ServerCommand> command(String action) {
        return switch (action) {
            case "ready", "enable" -> Optional.of(new ServerCommand.SetDuty(Duty.READY));
            case "drain", "stop", "hnolb" -> Optional.of(new ServerCommand.SetDuty(Duty.DRAIN));
            case "maint", "disable" -> Optional.of(new ServerCommand.SetDuty(Duty.MAINTENANCE));
            case "dhlth" -> Optional.of(new ServerCommand.SetChecks(false));
            case "ehlth" -> Optional.of(new ServerCommand.SetChecks(true));
            case "hrunn" -> Optional.of(new ServerCommand.SetHealth(true));
            case "hdown" -> Optional.of(new ServerCommand.SetHealth(false));
            default -> Optional.empty();
        };
    }
}
