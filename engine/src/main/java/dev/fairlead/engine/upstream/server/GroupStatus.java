package dev.fairlead.engine.upstream.server;

import dev.fairlead.model.status.UpstreamStatus;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// What servers are doing, as status shows it.
public final class GroupStatus {
    private GroupStatus() {}

    public static UpstreamStatus of(ServerGroup group, long now) {
        List<UpstreamStatus.Server> servers = new ArrayList<>();
        for (Member member : group.members()) {
            if (member.isSpare()) {
                continue;
            }
            ServerState state = member.state();
            servers.add(new UpstreamStatus.Server(
                    member.name(),
                    state.name(),
                    state(group, member, now),
                    state.active(),
                    state.requests(),
                    state.failures(),
                    state.idle(),
                    state.waiters().size(),
                    member.weight(),
                    Optional.ofNullable(state.check())));
        }
        return new UpstreamStatus(group.name(), servers);
    }

    private static UpstreamStatus.State state(ServerGroup group, Member member, long now) {
        ServerState state = member.state();
        return switch (member.duty()) {
            case MAINTENANCE -> UpstreamStatus.State.DOWN;
            case DRAIN -> state.isFailing() ? UpstreamStatus.State.FAILING : UpstreamStatus.State.DRAINING;
            case READY -> ready(group, member, now);
        };
    }

    private static UpstreamStatus.State ready(ServerGroup group, Member member, long now) {
        ServerState state = member.state();
        if (state.isFailing()) {
            return UpstreamStatus.State.FAILING;
        }
        if (!group.isSingle() && state.isResting(member.maxFailures(), member.windowNanos(), now)) {
            return UpstreamStatus.State.UNAVAILABLE;
        }
        if (member.weight() == 0) {
            return UpstreamStatus.State.DRAINING;
        }
        boolean isBackup = group.backup()
                .map(backup -> Arrays.asList(backup.members()).contains(member))
                .orElse(false);
        return isBackup ? UpstreamStatus.State.BACKUP : UpstreamStatus.State.AVAILABLE;
    }
}
