package dev.fairlead.engine.upstream;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The servers of one upstream: those used first, and those that step in when none of them is available.
///
/// @param name the upstream's
record ServerGroup(String name, Tier primary, Optional<Tier> backup, int tries) {

    static ServerGroup of(String name, List<Member> primary, List<Member> backup) {
        Tier first = Tier.of(primary);
        Optional<Tier> second = backup.isEmpty() ? Optional.empty() : Optional.of(Tier.of(backup));
        int tries = first.upCount() + second.map(Tier::upCount).orElse(0);
        return new ServerGroup(name, first, second, tries);
    }

    /// Whether there is only one server: then it is tried whatever happened to it before.
    boolean isSingle() {
        return primary.members().length == 1 && backup.isEmpty();
    }

    /// All servers, backups last.
    List<Member> members() {
        List<Member> all = new ArrayList<>(List.of(primary.members()));
        backup.ifPresent(tier -> all.addAll(List.of(tier.members())));
        return all;
    }

    int largestTier() {
        return Math.max(
                primary.members().length,
                backup.map(tier -> tier.members().length).orElse(0));
    }
}
