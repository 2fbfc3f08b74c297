package dev.fairlead.engine.upstream;

import dev.fairlead.engine.compile.CompileContext;
import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.tally.Tally;
import dev.fairlead.engine.upstream.balance.Balancer;
import dev.fairlead.engine.upstream.balance.Balancers;
import dev.fairlead.engine.upstream.balance.Bonds;
import dev.fairlead.engine.upstream.balance.GroupBuilder;
import dev.fairlead.engine.upstream.balance.Recollection;
import dev.fairlead.engine.upstream.balance.Selection;
import dev.fairlead.engine.upstream.dial.FailureText;
import dev.fairlead.engine.upstream.dial.LocalAddress;
import dev.fairlead.engine.upstream.server.EarlierServers;
import dev.fairlead.engine.upstream.server.Member;
import dev.fairlead.engine.upstream.server.Observed;
import dev.fairlead.engine.upstream.server.ServerGroup;
import dev.fairlead.engine.upstream.server.ServerState;
import dev.fairlead.model.net.ProxyProtocol;
import dev.fairlead.model.tls.TlsClient;
import dev.fairlead.model.upstream.Upstream;
import io.netty.channel.Channel;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/// The servers of an upstream, for connections that are passed on as they are. The state of servers is the one
/// that requests see too. Safe for use by several threads.
public final class StreamServers {
    private final ServerGroup group;
    private final Balancer balancer;

    private StreamServers(ServerGroup group, Balancer balancer) {
        this.group = group;
        this.balancer = balancer;
    }

    /// A host that cannot be found is a problem.
    public static StreamServers compile(Upstream upstream, CompileContext context) {
        Upstreams upstreams = context.shared().part(Upstreams.class, Upstreams::new);
        ServerGroup group = upstreams.group(upstream, context);
        return new StreamServers(group, GroupBuilder.balancer(upstream, group, context));
    }

    /// Addresses that were found out for one connection.
    ///
    /// @param implied stands for them; without limits
    public static StreamServers found(Upstream implied, Iterable<? extends SocketAddress> addresses, long now) {
        List<SocketAddress> all = new ArrayList<>();
        addresses.forEach(all::add);
        ServerGroup group = GroupBuilder.build(implied, List.of(List.copyOf(all)), EarlierServers.none(), null, now);
        return new StreamServers(group, new Balancers.RoundRobin());
    }

    public String name() {
        return group.name();
    }

    /// @param mostTries most servers that may be tried; 0 for no limit
    public Search search(int mostTries) {
        return new Search(group, balancer, mostTries);
    }

    /// One connection's way to a server. Belongs to one event loop.
    public static final class Search {
        private final Balancer balancer;
        private final ServerGroup group;
        private final Selection selection = new Selection();
        private final @Nullable Bonds bonds;
        private @Nullable Recollection recollection;
        private @Nullable Member member;

        private Search(ServerGroup group, Balancer balancer, int mostTries) {
            this.group = group;
            this.balancer = balancer;
            this.bonds = balancer.bonds();
            selection.begin(group, mostTries);
        }

        /// Chooses the next server.
        ///
        /// @param exchange what templates are evaluated for
        /// @return whether there is one
        public boolean next(Exchange exchange, long now) {
            if (bonds != null && recollection == null) {
                recall(bonds, exchange);
            }
            member = selection.next(balancer, exchange, now);
            return member != null;
        }

        private void recall(Bonds binding, Exchange exchange) {
            Recollection known = new Recollection();
            binding.recall(exchange, group, known);
            Member to = known.server();
            if (to != null) {
                selection.bind(to, known.isEvenDown());
            }
            recollection = known;
        }

        private ServerState server() {
            return Objects.requireNonNull(member).state();
        }

        public SocketAddress address() {
            return server().address();
        }

        /// How connections to it are secured, where it differs from the others.
        public Optional<TlsClient> tls() {
            return Objects.requireNonNull(member).traits().tls();
        }

        /// The address that connections to it are made from; null for what the configuration or the kernel chooses.
        public @Nullable SocketAddress source() {
            return LocalAddress.of(Objects.requireNonNull(member).traits(), address());
        }

        /// What connections to it begin with, where it differs from the others.
        public Optional<ProxyProtocol> proxyHeader() {
            return Objects.requireNonNull(member).traits().proxyHeader();
        }

        /// The address as logs show it.
        public String name() {
            return server().name();
        }

        /// The name that operators know it by.
        public String shownName() {
            return Objects.requireNonNull(member).name();
        }

        /// Its number among those of its group.
        public int number() {
            return Objects.requireNonNull(member).traits().number();
        }

        /// What is counted for it.
        public Tally tally() {
            return server().tally();
        }

        /// Connections that it has at present.
        public IntSupplier load() {
            return server().load();
        }

        /// The address as the configuration has it.
        public String configured() {
            return Objects.requireNonNull(member).configured();
        }

        /// Why connecting to it failed, in the words of the error log.
        public String failure(Throwable cause) {
            return FailureText.connecting(cause, server());
        }

        /// The present server could not be connected to.
        public void failed(long now) {
            server().see(Observed.Sight.UNREACHABLE);
            selection.release(Selection.Outcome.FAILED, now);
        }

        /// The present server was never really asked.
        public void dropped(long now) {
            selection.release(Selection.Outcome.UNKNOWN, now);
        }

        /// Whether, the present server being done with, another one may be tried.
        public boolean mayGoOn() {
            return selection.triesLeft() > 0;
        }

        /// The connection stands. The server counts it until the lease is given back.
        ///
        /// @param channel ends where connections to the server do
        /// @param exchange what templates are evaluated for
        public Lease connected(Channel channel, Exchange exchange) {
            ServerState state = server();
            Recollection known = recollection;
            if (bonds != null && known != null) {
                bonds.answered(exchange, Objects.requireNonNull(member), known);
            }
            state.connected(channel);
            state.succeeded();
            state.see(Observed.Sight.CONNECTED);
            selection.handOver();
            return new Lease(state, bonds != null && bonds.awaitsWords() ? this : null);
        }

        private void spoke(Exchange exchange) {
            Objects.requireNonNull(bonds).spoke(exchange, Objects.requireNonNull(member));
        }
    }

    /// A connection that a server counts.
    public static final class Lease {
        private final ServerState state;
        private @Nullable Search listening;
        private boolean isGivenBack;

        /// @param listening where something is remembered of what the server says first
        private Lease(ServerState state, @Nullable Search listening) {
            this.state = state;
            this.listening = listening;
        }

        /// Whether [#spoke] is to be called.
        public boolean awaitsWords() {
            return listening != null;
        }

        /// The server has said something.
        ///
        /// @param exchange knows what that is
        public void spoke(Exchange exchange) {
            Search search = listening;
            listening = null;
            if (search != null) {
                search.spoke(exchange);
            }
        }

        public void giveBack() {
            if (!isGivenBack) {
                isGivenBack = true;
                state.leave();
            }
        }
    }
}
