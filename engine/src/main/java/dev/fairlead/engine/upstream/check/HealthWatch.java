package dev.fairlead.engine.upstream.check;

import dev.fairlead.engine.compile.CompileContext;
import dev.fairlead.engine.net.Handovers;
import dev.fairlead.engine.upstream.dial.Securing;
import dev.fairlead.engine.upstream.dial.Security;
import dev.fairlead.engine.upstream.dial.Urls;
import dev.fairlead.engine.upstream.server.HostLookup;
import dev.fairlead.engine.upstream.server.Member;
import dev.fairlead.engine.upstream.server.Observed;
import dev.fairlead.engine.upstream.server.ServerGroup;
import dev.fairlead.engine.upstream.server.UnknownHost;
import dev.fairlead.model.net.Address;
import dev.fairlead.model.net.ProxyProtocol;
import dev.fairlead.model.tls.TlsClient;
import dev.fairlead.model.upstream.HealthCheck;
import dev.fairlead.model.upstream.Upstream;
import dev.fairlead.model.upstream.Vigilance;
import dev.fairlead.time.Clock;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Checks one server from time to time, or asks its agent, one check after the other, and has a [Judge] decide
/// what they come to. Belongs to one event loop.
public final class HealthWatch implements Talk.Standing {
    private static final Duration LONGEST_START = Duration.ofSeconds(1);

    private volatile Order order;
    private final EventLoop loop;
    private final Clock clock;
    private final Handovers handovers;
    private final Judge judge;
    private @Nullable ProbeRun run;
    private @Nullable ScheduledFuture<?> next;
    private long dueNanos;
    private long startedNanos;
    private int leg;
    private boolean isStopped;

    /// Which server is checked, and how.
    ///
    /// @param legs what is asked, one after the other
    public record Order(ServerGroup group, Member member, HealthCheck check, List<Leg> legs) {
        public static List<Order> of(Upstream upstream, ServerGroup group, CompileContext context) {
            List<Order> orders = new ArrayList<>();
            for (Member member : group.members()) {
                if (member.traits().tracks().isEmpty()) {
                    member.traits().check().ifPresent(check -> orders.add(of(check, group, member, context)));
                }
                member.traits().vigilance().agent().ifPresent(agent -> orders.add(of(agent, group, member, context)));
            }
            return orders;
        }

        private static Order of(HealthCheck check, ServerGroup group, Member member, CompileContext context) {
            List<Leg> legs = new ArrayList<>();
            CheckedPlace usual = place(check.address(), check.port(), CheckedPlace.SERVERS, check, context);
            if (check.probe() instanceof HealthCheck.Probe.Sequence(List<HealthCheck.Leg> several)) {
                for (HealthCheck.Leg one : several) {
                    CheckedPlace place = place(one.address(), one.port(), usual, check, context);
                    legs.add(new Leg(
                            one.probe(),
                            place,
                            member,
                            security(one.tls(), place, member, context),
                            one.proxyHeader()));
                }
            } else {
                legs.add(new Leg(
                        check.probe(),
                        usual,
                        member,
                        security(check.tls(), usual, member, context),
                        check.proxyHeader()));
            }
            return new Order(group, member, check, legs);
        }

        private static CheckedPlace place(
                Optional<Address> other, int port, CheckedPlace usual, HealthCheck check, CompileContext context) {
            CheckedPlace own = usual;
            if (other.isPresent()) {
                try {
                    own = CheckedPlace.fixed(HostLookup.addresses(other.get()).getFirst());
                } catch (UnknownHostException unknown) {
                    context.problems().add(UnknownHost.of(check, other.get()));
                }
            }
            return port > 0 ? own.withPort(port) : own;
        }

        private static @Nullable Security security(
                Optional<TlsClient> tls, CheckedPlace place, Member member, CompileContext context) {
            if (tls.isEmpty()) {
                return null;
            }
            Securing securing = Securing.compile(tls, context);
            String host = tls.get()
                    .name()
                    .filter(name -> name.isConstant())
                    .map(name -> name.constantText())
                    .orElse(Urls.hostOf(member.configured()));
            SocketAddress address = place.of(member.state());
            return securing.forHost(host, address instanceof InetSocketAddress inet ? inet.getPort() : 0);
        }

        boolean isSameAs(Order other) {
            return member.state() == other.member.state()
                    && check.equals(other.check)
                    && places().equals(other.places());
        }

        private List<CheckedPlace> places() {
            return legs.stream().map(Leg::place).toList();
        }

        private boolean isForAgent() {
            return check.probe() instanceof HealthCheck.Probe.Agent;
        }

        boolean relievesBackups() {
            return member.traits().vigilance().relievesBackups();
        }

        List<Member> backups() {
            return group.backup().map(tier -> List.of(tier.members())).orElse(List.of());
        }
    }

    /// A question, and where it is asked.
    ///
    /// @param security null for connections in the clear
    record Leg(
            HealthCheck.Probe probe,
            CheckedPlace place,
            Member member,
            @Nullable Security security,
            Optional<ProxyProtocol> proxyHeader) {
        /// Where it is asked at this moment.
        SocketAddress address() {
            return place.of(member.state());
        }
    }

    HealthWatch(Order order, EventLoop loop, Clock clock, Handovers handovers) {
        this.order = order;
        this.loop = loop;
        this.clock = clock;
        this.handovers = handovers;
        this.judge = order.isForAgent() ? new AgentJudge(order, clock) : new CheckJudge(order, clock);
        observe();
    }

    /// Requests tell it what they see of the server, where that is asked for.
    private void observe() {
        if (judge instanceof CheckJudge) {
            Member member = order.member();
            member.state()
                    .observed(member.traits()
                            .vigilance()
                            .observation()
                            .map(how -> new Observed(how, this::alarmed))
                            .orElse(null));
        }
    }

    Order order() {
        return order;
    }

    /// Goes on for the same server as another plan has it.
    void adopt(Order same) {
        order = same;
        observe();
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
        long first = order.check().cautious() ? 0 : ThreadLocalRandom.current().nextLong(Math.max(1, most));
        loop.execute(() -> later(first));
    }

    void stop() {
        if (judge instanceof CheckJudge) {
            order.member().state().observed(null);
        }
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
        dueNanos = clock.monotonicNanos() + nanos;
        next = loop.schedule(this::check, nanos, TimeUnit.NANOSECONDS);
    }

    private void check() {
        next = null;
        if (isStopped) {
            return;
        }
        startedNanos = clock.monotonicNanos();
        if (judge.rests(order.member())) {
            later(pause());
            return;
        }
        judge.begins();
        leg = 0;
        ask();
    }

    private void ask() {
        ProbeRun asking = new ProbeRun(this, order.legs().get(leg), order.check());
        run = asking;
        asking.begin();
    }

    /// A question was answered.
    void checked(Talk.Verdict verdict) {
        run = null;
        if (isStopped) {
            return;
        }
        if (verdict instanceof Talk.Verdict.Well && leg + 1 < order.legs().size()) {
            leg++;
            ask();
            return;
        }
        long took = clock.monotonicNanos() - startedNanos;
        judge.judge(order, verdict, took);
        later(Math.max(0, pause() - took));
    }

    /// Requests met too many errors in a row. From any thread.
    private void alarmed(Vigilance.Consequence consequence) {
        loop.execute(() -> {
            if (isStopped || !(judge instanceof CheckJudge checks) || judge.rests(order.member())) {
                return;
            }
            checks.alarmed(order, consequence);
            ScheduledFuture<?> planned = next;
            long early = order.check().pace().whileChanging().toNanos();
            if (planned != null && dueNanos - clock.monotonicNanos() > early) {
                planned.cancel(false);
                later(early);
            }
        });
    }

    @Override
    public boolean isUp() {
        return !order.member().state().isCheckedDown();
    }

    @Override
    public String told(String node) {
        return judge instanceof CheckJudge checks ? checks.stateText(order, node) : "";
    }

    private long pause() {
        long nanos = judge.interval(order).toNanos();
        long spread = nanos / 100 * Math.clamp(order.check().pace().spreadPercent(), 0, 50);
        return spread == 0 ? nanos : nanos + ThreadLocalRandom.current().nextLong(-spread, spread + 1);
    }
}
