package dev.fairlead.dialect.haproxy.build;

import dev.fairlead.dialect.haproxy.scope.Entry;
import dev.fairlead.dialect.haproxy.scope.Proxy;
import dev.fairlead.source.Problems;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Rules are gone through kind by kind, whatever order their lines stand in. Who wrote one kind behind a later one
/// may think otherwise; each pair of kinds is told once for a section, in HAProxy's own words.
final class RuleOrder {
    private final Problems problems;

    RuleOrder(Problems problems) {
        this.problems = problems;
    }

    /// In the order in which they are gone through.
    private enum Kind {
        CONNECTION("tcp-request connection"),
        SESSION("tcp-request session"),
        CONTENT("tcp-request content"),
        REQUEST("http-request"),
        REDIRECT("redirect"),
        USE_BACKEND("use_backend"),
        USE_SERVER("use-server");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        static Optional<Kind> of(String name) {
            for (Kind kind : values()) {
                if (name.equals(kind.words) || name.startsWith(kind.words + " ")) {
                    return Optional.of(kind);
                }
            }
            return Optional.empty();
        }

        String shown() {
            return compareTo(CONTENT) <= 0 ? "tcp-request" : words;
        }

        String withArticle() {
            return (this == REQUEST ? "an '" : "a '") + words + "'";
        }
    }

    void look(Proxy proxy) {
        Map<Kind, Entry> seen = new EnumMap<>(Kind.class);
        Map<Kind, Set<Kind>> told = new EnumMap<>(Kind.class);
        for (Entry entry : proxy.section().entries()) {
            Optional<Kind> found = Kind.of(entry.name());
            if (found.isEmpty()) {
                continue;
            }
            Kind kind = found.get();
            if (kind.compareTo(Kind.USE_BACKEND) < 0) {
                seen.keySet().stream()
                        .filter(later -> later.compareTo(kind) > 0)
                        .findFirst()
                        .filter(later -> told.computeIfAbsent(kind, none -> EnumSet.noneOf(Kind.class))
                                .add(later))
                        .ifPresent(later -> warn(entry, kind, later, seen));
            }
            seen.putIfAbsent(kind, entry);
        }
    }

    private void warn(Entry entry, Kind kind, Kind later, Map<Kind, Entry> seen) {
        Entry first = seen.getOrDefault(later, entry);
        problems.warning(
                "haproxy.rule-order",
                entry.origin(),
                "a '" + kind.shown() + "' rule placed after " + later.withArticle()
                        + " rule will still be processed before.",
                "write it where it is done: before " + first.origin().fileAndLine());
    }
}
