package dev.fairlead.engine.upstream;

import dev.fairlead.engine.compile.CompileContext;
import dev.fairlead.engine.net.Handovers;
import dev.fairlead.model.net.Address;
import dev.fairlead.model.status.UpstreamStatus;
import dev.fairlead.model.tls.TlsClient;
import dev.fairlead.model.upstream.Duty;
import dev.fairlead.model.upstream.HealthCheck;
import dev.fairlead.model.upstream.Upstream;
import dev.fairlead.time.Clock;
import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Checks one server from time to time, one check after the other, and puts what they come to into its state.
/// Belongs to one event loop.
final class HealthWatch {
    private static final Logger LOG = LoggerFactory.getLogger(HealthWatch.class);
    private static final Duration LONGEST_START = Duration.ofSeconds(1);

    private volatile Order order;
    private final EventLoop loop;
    private final Clock clock;
    private final Handovers handovers;
    private final Health health;
    private @Nullable ProbeRun run;
    private long startedNanos;
    private int inRow;
    private boolean wasWell;
    private long sinceMillis;
    private boolean isStopped;

    /// Which server is checked, and how.
    ///
    /// @param address where it is asked
    /// @param security null for connections in the clear
    record Order(
            ServerGroup group,
            Member member,
            HealthCheck check,
            SocketAddress address,
            @Nullable Security security) {
        static List<Order> of(Upstream upstream, ServerGroup group, CompileContext context) {
            List<Order> orders = new ArrayList<>();
            for (Member member : group.members()) {
                HealthCheck check = member.traits().check().orElse(null);
                if (check != null && member.traits().tracks().isEmpty()) {
                    SocketAddress address = address(check, member, context);
                    Security security = check.tls()
                            .map(tls -> security(tls, member, address, context))
                            .orElse(null);
                    orders.add(new Order(group, member, check, address, security));
                }
            }
            return orders;
        }

        private static SocketAddress address(HealthCheck check, Member member, CompileContext context) {
            SocketAddress own = member.state().address();
            if (check.address().isPresent()) {
                Address other = check.address().get();
                try {
                    own = HostLookup.addresses(other).getFirst();
                } catch (UnknownHostException unknown) {
                    context.problems()
                            .error(
                                    "upstream.host-not-found",
                                    check.origin(),
                                    "host not found for health check \"" + other.text() + "\"");
                }
            }
            return check.port() > 0 && own instanceof InetSocketAddress inet
                    ? new InetSocketAddress(inet.getAddress(), check.port())
                    : own;
        }

        private static @Nullable Security security(
                TlsClient tls, Member member, SocketAddress address, CompileContext context) {
            Securing securing = Securing.compile(java.util.Optional.of(tls), context);
            String host = tls.name()
                    .filter(name -> name.isConstant())
                    .map(name -> name.constantText())
                    .orElse(Urls.hostOf(member.configured()));
            return securing.forHost(host, address instanceof InetSocketAddress inet ? inet.getPort() : 0);
        }

        boolean isSameAs(Order other) {
            return member.state() == other.member.state() && check.equals(other.check) && address.equals(other.address);
        }
    }

    HealthWatch(Order order, EventLoop loop, Clock clock, Handovers handovers) {
        this.order = order;
        this.loop = loop;
        this.clock = clock;
        this.handovers = handovers;
        ServerState state = order.member().state();
        boolean wasChecked = state.check() != null;
        boolean isUp = wasChecked ? !state.isFailing() : !order.check().cautious();
        this.health = new Health(
                order.check().rise(),
                order.check().fall(),
                isUp,
                wasChecked || order.check().cautious());
        this.sinceMillis = clock.wallMillis();
        if (!isUp) {
            state.failing(true, clock.monotonicNanos());
        }
        if (order.check().endsConnections()) {
            state.keepsConnections();
        }
    }

    Order order() {
        return order;
    }

    /// Goes on for the same server as another plan has it.
    void adopt(Order next) {
        order = next;
    }

    EventLoop loop() {
        return loop;
    }

    Clock clock() {
        return clock;
    }

    Handovers handovers() {
        return handovers;
    }

    /// Begins a moment from now, so that not all servers are asked at once.
    void start() {
        long most = Math.min(order.check().pace().interval().toNanos(), LONGEST_START.toNanos());
        later(order.check().cautious() ? 0 : ThreadLocalRandom.current().nextLong(Math.max(1, most)));
    }

    void stop() {
        loop.execute(() -> {
            isStopped = true;
            ProbeRun present = run;
            if (present != null) {
                run = null;
                present.abandon();
            }
        });
    }

    private void later(long nanos) {
        loop.schedule(this::check, nanos, TimeUnit.NANOSECONDS);
    }

    private void check() {
        if (isStopped) {
            return;
        }
        ServerState state = order.member().state();
        startedNanos = clock.monotonicNanos();
        if (order.member().duty() == Duty.MAINTENANCE || state.isUnwatched()) {
            later(pause());
            return;
        }
        if (health.isUp() == state.isFailing()) {
            // An operator decided.
            health.force(!state.isFailing());
        }
        ProbeRun next = new ProbeRun(this, order);
        run = next;
        next.begin();
    }

    /// A check ended.
    void checked(boolean isWell, String reason) {
        run = null;
        if (isStopped) {
            return;
        }
        long now = clock.monotonicNanos();
        boolean changed = isWell ? health.passed() : health.failed();
        inRow = isWell == wasWell ? inRow + 1 : 1;
        wasWell = isWell;
        ServerState state = order.member().state();
        if (changed) {
            sinceMillis = clock.wallMillis();
        }
        state.check(new UpstreamStatus.Check(
                isWell, reason, inRow, TimeUnit.NANOSECONDS.toMillis(now - startedNanos), sinceMillis));
        if (changed) {
            state.failing(!health.isUp(), now);
            tell(reason);
        }
        later(Math.max(0, pause() - (now - startedNanos)));
    }

    private void tell(String reason) {
        String server = order.group().name() + "/" + order.member().name();
        if (health.isUp()) {
            LOG.info(
                    "server {} is up: {} [{}]",
                    server,
                    reason,
                    order.check().origin().fileAndLine());
        } else {
            LOG.warn(
                    "server {} is down: {} [{}]",
                    server,
                    reason,
                    order.check().origin().fileAndLine());
        }
    }

    private long pause() {
        HealthCheck.Pace pace = order.check().pace();
        Duration usual =
                health.isChanging() ? pace.whileChanging() : health.isUp() ? pace.interval() : pace.whileDown();
        long nanos = usual.toNanos();
        long spread = nanos / 100 * Math.clamp(pace.spreadPercent(), 0, 50);
        return spread == 0 ? nanos : nanos + ThreadLocalRandom.current().nextLong(-spread, spread + 1);
    }
}
