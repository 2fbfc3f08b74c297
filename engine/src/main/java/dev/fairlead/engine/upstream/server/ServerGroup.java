package dev.fairlead.engine.upstream.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The servers of one upstream: those used first, and those that step in when none of them is available.
///
/// @param name the upstream's
/// @param firstBackup whether only the first backup that is available is used
/// @param line where requests wait for a server; null if they do not
public record ServerGroup(
        String name,
        Tier primary,
        Optional<Tier> backup,
        int tries,
        boolean firstBackup,
        @Nullable WaitingLine line) {

    public static ServerGroup of(String name, List<Member> primary, List<Member> backup) {
        return of(name, primary, backup, false, null);
    }

    public static ServerGroup of(
            String name, List<Member> primary, List<Member> backup, boolean firstBackup, @Nullable WaitingLine line) {
        Tier first = Tier.of(primary);
        Optional<Tier> second = backup.isEmpty() ? Optional.empty() : Optional.of(Tier.of(backup));
        int tries = first.upCount() + second.map(Tier::upCount).orElse(0);
        return new ServerGroup(name, first, second, tries, firstBackup, line);
    }

    /// Is from now on as the group of the same upstream is at this moment.
    public void assume(ServerGroup other) {
        primary.assume(other.primary);
        if (backup.isPresent() && other.backup.isPresent()) {
            backup.get().assume(other.backup.get());
        }
    }

    /// Whether there is only one server: then it is tried whatever happened to it before.
    public boolean isSingle() {
        return backup.isEmpty() && primary.isSingle();
    }

    /// All servers, backups last.
    public List<Member> members() {
        List<Member> all = new ArrayList<>(List.of(primary.members()));
        backup.ifPresent(tier -> all.addAll(List.of(tier.members())));
        return all;
    }

    /// Takes up weights that were changed.
    public void weighAnew() {
        primary.weighAnew();
        backup.ifPresent(Tier::weighAnew);
    }

    /// The member that stands for a server; null if it is not in this group any longer.
    @Nullable
    public Member member(ServerState state) {
        for (Member member : primary.members()) {
            if (member.state() == state) {
                return member;
            }
        }
        return backup.isEmpty() ? null : inBackup(backup.get(), state);
    }

    private static @Nullable Member inBackup(Tier tier, ServerState state) {
        for (Member member : tier.members()) {
            if (member.state() == state) {
                return member;
            }
        }
        return null;
    }

    /// Requests that servers have or that wait for one.
    int load() {
        int load = line == null ? 0 : line.size();
        for (Member member : primary.members()) {
            load += member.state().active();
        }
        if (backup.isPresent()) {
            for (Member member : backup.get().members()) {
                load += member.state().active();
            }
        }
        return load;
    }

    public int largestTier() {
        int first = primary.members().length;
        return backup.isEmpty() ? first : Math.max(first, backup.get().members().length);
    }
}
