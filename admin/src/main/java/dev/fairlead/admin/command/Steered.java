package dev.fairlead.admin.command;

import dev.fairlead.engine.generation.Engine;
import dev.fairlead.engine.report.ProcessFact;
import dev.fairlead.engine.report.TrafficReport;
import dev.fairlead.engine.upstream.server.ServerFacts;
import dev.fairlead.model.roster.Roster;
import dev.fairlead.model.roster.Section;
import java.util.Optional;

/// What commands are about: the engine, and who it says it is.
///
/// @param name of the program, as `show info` says it
/// @param version of HAProxy that is followed, as programs look for
public record Steered(Engine engine, String name, String version) {
    /// The release of HAProxy whose commands these are.
    public static final String FOLLOWED = ProcessFact.FOLLOWED;

    TrafficReport report() {
        return engine.report();
    }

    Roster roster() {
        return engine.report().roster();
    }

    /// A server by `backend/server`, or what is said where there is none.
    Finding server(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            return new Finding.None("Require 'backend/server'.\n");
        }
        Optional<Section> section = roster().back(text.substring(0, slash));
        if (section.isEmpty()) {
            return new Finding.None("No such backend.\n");
        }
        String name = text.substring(slash + 1);
        return engine.report().servers(section.get()).stream()
                .filter(server -> server.name().equals(name) || name.equals("#" + server.number()))
                .findFirst()
                .<Finding>map(found -> new Finding.Found(section.get(), found))
                .orElseGet(() -> new Finding.None("No such server.\n"));
    }

    /// What came of looking for a server.
    sealed interface Finding {
        record Found(Section section, ServerFacts server) implements Finding {}

        record None(String message) implements Finding {}
    }
}
