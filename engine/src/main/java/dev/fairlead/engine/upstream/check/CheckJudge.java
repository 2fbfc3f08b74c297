package dev.fairlead.engine.upstream.check;

import dev.fairlead.engine.upstream.server.Health;
import dev.fairlead.engine.upstream.server.Member;
import dev.fairlead.engine.upstream.server.ServerState;
import dev.fairlead.engine.upstream.server.Tier;
import dev.fairlead.model.status.UpstreamStatus;
import dev.fairlead.model.upstream.HealthCheck;
import dev.fairlead.model.upstream.Vigilance;
import dev.fairlead.time.Clock;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Counts the health checks of one server and puts what they come to into its state.
final class CheckJudge implements Judge {
    private static final Logger LOG = LoggerFactory.getLogger(CheckJudge.class);

    private final ServerState state;
    private final Clock clock;
    private final Health health;
    private int inRow;
    private boolean wasWell;
    private long sinceMillis;

    CheckJudge(HealthWatch.Order order, Clock clock) {
        HealthCheck check = order.check();
        this.state = order.member().state();
        this.clock = clock;
        boolean wasChecked = state.check() != null;
        boolean isUp = wasChecked ? !state.isCheckedDown() : !check.cautious();
        this.health = new Health(check.rise(), check.fall(), isUp, wasChecked || check.cautious());
        this.sinceMillis = clock.wallMillis();
        if (!isUp) {
            state.failing(true, clock.monotonicNanos());
        }
        if (check.endsConnections()) {
            state.keepsConnections();
        }
        if (order.relievesBackups()) {
            order.backups().forEach(Member::keepConnections);
        }
    }

    @Override
    public boolean rests(Member member) {
        return member.isPaused() || state.isUnwatched() || !state.place().isKnown();
    }

    @Override
    public void begins() {
        if (health.isUp() == state.isCheckedDown()) {
            // An operator decided.
            health.force(!state.isCheckedDown());
        }
    }

    @Override
    public void judge(HealthWatch.Order order, Talk.Verdict verdict, long tookNanos) {
        switch (verdict) {
            case Talk.Verdict.Well(String how) -> {
                state.leaving(false);
                count(order, true, how, tookNanos);
            }
            case Talk.Verdict.Leaving(String how) -> {
                state.leaving(true);
                count(order, true, how, tookNanos);
            }
            case Talk.Verdict.Unwell(String why) -> count(order, false, why, tookNanos);
            case Talk.Verdict.Said said -> count(order, false, "the answer is an agent's", tookNanos);
            case Talk.Verdict.Open open -> {}
        }
    }

    /// Requests met too many errors in a row.
    void alarmed(HealthWatch.Order order, Vigilance.Consequence consequence) {
        String reason = "health analysis: too many errors in a row";
        switch (consequence) {
            case EARLY_CHECK -> {}
            case FAILED_CHECK -> count(order, false, reason, 0);
            case LAST_CHANCE -> health.doubt();
            case DOWN -> {
                if (health.isUp()) {
                    health.doubt();
                    count(order, false, reason, 0);
                }
            }
        }
    }

    private void count(HealthWatch.Order order, boolean isWell, String reason, long tookNanos) {
        boolean changed = isWell ? health.passed() : health.failed();
        inRow = isWell == wasWell ? inRow + 1 : 1;
        wasWell = isWell;
        if (changed) {
            sinceMillis = clock.wallMillis();
        }
        state.check(
                new UpstreamStatus.Check(isWell, reason, inRow, TimeUnit.NANOSECONDS.toMillis(tookNanos), sinceMillis));
        if (changed) {
            state.failing(!health.isUp(), clock.monotonicNanos());
            if (health.isUp() && order.relievesBackups()) {
                order.backups().forEach(backup -> backup.state().endConnections());
            }
            tell(order, reason);
        }
    }

    private void tell(HealthWatch.Order order, String reason) {
        String server = order.group().name() + "/" + order.member().name();
        String place = order.check().origin().fileAndLine();
        if (health.isUp()) {
            LOG.info("server {} is up: {} [{}]", server, reason, place);
        } else {
            LOG.warn("server {} is down: {} [{}]", server, reason, place);
        }
    }

    @Override
    public Duration interval(HealthWatch.Order order) {
        HealthCheck.Pace pace = order.check().pace();
        return health.isChanging() ? pace.whileChanging() : health.isUp() ? pace.interval() : pace.whileDown();
    }

    /// What counts, in the words of X-Haproxy-Server-State.
    String stateText(HealthWatch.Order order, String node) {
        Member member = order.member();
        boolean isLeaving = state.isLeaving() && health.isUp();
        String word = health.isUp()
                ? (isLeaving ? "NOLB" : "UP") + (health.isSure() ? "" : " " + health.left() + "/" + health.fall())
                : "DOWN" + (health.isSure() ? "" : " " + health.gathered() + "/" + health.rise());
        String address = state.address() instanceof InetSocketAddress inet && inet.getAddress() != null
                ? inet.getAddress().getHostAddress() + "; port=" + inet.getPort()
                : "unix; port=0";
        int active = 0;
        for (Member each : order.group().members()) {
            active += each.state().active();
        }
        int first = shares(order.group().primary());
        int all = first > 0
                ? first
                : order.group().backup().map(CheckJudge::shares).orElse(0);
        return word + "; address=" + address + "; name=" + order.group().name() + "/" + member.name() + "; node=" + node
                + "; weight=" + member.weight() + "/" + all + "; scur=" + state.active() + "/" + active + "; qcur="
                + state.waiters().size();
    }

    private static int shares(Tier tier) {
        int all = 0;
        for (Member each : tier.members()) {
            all += each.isUsable() && !each.state().isLeaving() ? each.weight() : 0;
        }
        return all;
    }
}
