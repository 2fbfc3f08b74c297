package dev.fairlead.engine.report;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Which metrics are asked for, as the query of a request says it: `scope=server&scope=backend&no-maint`.
///
/// @param leavesOutMaintenance whether servers that are taken out are left out
record MetricsQuery(Set<Scope> scopes, boolean leavesOutMaintenance) {
    private static final Set<Scope> EVERY = EnumSet.allOf(Scope.class);

    MetricsQuery {
        scopes = Set.copyOf(scopes);
    }

    /// What metrics are about.
    enum Scope {
        GLOBAL,
        FRONTEND,
        BACKEND,
        SERVER,
        /// There are none of single addresses.
        LISTENER,
        STICKTABLE;

        static Scope of(StatRow.Kind kind) {
            return switch (kind) {
                case FRONTEND -> FRONTEND;
                case BACKEND -> BACKEND;
                case SERVER -> SERVER;
            };
        }
    }

    boolean has(Scope scope) {
        return scopes.contains(scope);
    }

    /// Without a scope all are asked for; an empty one takes those in front of it back, and one that begins with
    /// `*` is all of them.
    ///
    /// @param query behind the question mark; empty for none
    /// @return empty where it makes no sense
    static Optional<MetricsQuery> read(String query) {
        Set<Scope> scopes = EnumSet.noneOf(Scope.class);
        boolean saysScope = false;
        boolean leavesOutMaintenance = false;
        for (String pair : query.split("&", 0)) {
            int equals = pair.indexOf('=');
            Optional<String> name = decoded(equals < 0 ? pair : pair.substring(0, equals));
            Optional<String> value = decoded(equals < 0 ? "" : pair.substring(equals + 1));
            boolean isBroken = equals >= 0 && pair.indexOf('=', equals + 1) >= 0;
            if (isBroken || name.isEmpty() || value.isEmpty()) {
                return Optional.empty();
            }
            if (name.get().equals("no-maint")) {
                leavesOutMaintenance = true;
            }
            if (name.get().equals("scope")) {
                Optional<Collection<Scope>> said = equals < 0 ? Optional.empty() : scopes(value.get());
                if (said.isEmpty()) {
                    return Optional.empty();
                }
                saysScope = true;
                if (said.get().isEmpty()) {
                    scopes.clear();
                }
                scopes.addAll(said.get());
            }
        }
        return Optional.of(new MetricsQuery(saysScope ? scopes : EVERY, leavesOutMaintenance));
    }

    private static Optional<Collection<Scope>> scopes(String word) {
        if (word.isEmpty()) {
            return Optional.of(Set.of());
        }
        if (word.startsWith("*")) {
            return Optional.of(EVERY);
        }
        return EVERY.stream()
                .filter(scope -> scope.name().toLowerCase(Locale.ROOT).equals(word))
                .findFirst()
                .map(Set::of);
    }

    /// Empty where an escape is none.
    private static Optional<String> decoded(String text) {
        try {
            return Optional.of(java.net.URLDecoder.decode(text, StandardCharsets.ISO_8859_1));
        } catch (IllegalArgumentException broken) {
            return Optional.empty();
        }
    }
}
