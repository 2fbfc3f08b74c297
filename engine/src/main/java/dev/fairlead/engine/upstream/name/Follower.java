package dev.fairlead.engine.upstream.name;

import dev.fairlead.engine.upstream.server.HostLookup;
import dev.fairlead.engine.upstream.server.Member;
import dev.fairlead.engine.upstream.server.ServerGroup;
import dev.fairlead.engine.upstream.server.ServerState;
import dev.fairlead.model.upstream.NameLookup;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A server that goes where its name leads. Belongs to one event loop.
final class Follower {
    private static final Logger LOG = LoggerFactory.getLogger(Follower.class);
    /// Weights of records go up to 65535, those of servers to 256.
    private static final int WEIGHT_STEP = 256;

    private final Watch watch;
    private final NameLookup lookup;
    private final String place;
    private ServerGroup group;
    private Member member;
    private @Nullable Look hosts;
    private @Nullable Look services;
    private @Nullable InetAddress settled;
    private Reply.@Nullable Service service;

    /// @param place where the configuration says so
    Follower(Watch watch, ServerGroup group, Member member, NameLookup lookup, String place) {
        this.watch = watch;
        this.group = group;
        this.member = member;
        this.lookup = lookup;
        this.place = place;
    }

    void begin() {
        if (lookup.isService()) {
            services = watch.services(lookup.host());
            Look asked = services;
            if (asked != null) {
                asked.follow(this);
            }
        } else {
            goTo(state().host());
        }
    }

    /// Goes on as a plan that replaced another has it.
    void adopt(ServerGroup newGroup, Member newMember) {
        group = newGroup;
        member = newMember;
    }

    void end() {
        leaveHosts();
        Look asked = services;
        services = null;
        if (asked != null) {
            watch.leave(asked, this);
        }
    }

    ServerGroup group() {
        return group;
    }

    Member member() {
        return member;
    }

    NameLookup lookup() {
        return lookup;
    }

    ServerState state() {
        return member.state();
    }

    /// The address of its name that it has; null if it has none of them.
    @Nullable
    InetAddress settled() {
        return settled;
    }

    /// The place of a service that it stands for; null for none.
    Reply.@Nullable Service service() {
        return service;
    }

    /// Another name is asked for from now on.
    void goTo(String host) {
        leaveHosts();
        state().host(host);
        Look asked = watch.hosts(host, lookup.choice().family());
        hosts = asked;
        if (asked == null) {
            LOG.warn("server {}: \"{}\" is no name that can be asked for [{}]", name(), host, place);
        } else {
            asked.follow(this);
        }
    }

    private void leaveHosts() {
        Look asked = hosts;
        hosts = null;
        settled = null;
        if (asked != null) {
            watch.leave(asked, this);
        }
    }

    /// It gets an address that its name has.
    void settle(InetAddress address, Look by, boolean isFresh) {
        settled = address;
        move(address, isFresh ? by.source() : "DNS cache");
        if (isFresh) {
            by.moved();
        }
    }

    private void move(InetAddress address, String source) {
        ServerState state = state();
        InetSocketAddress next = new InetSocketAddress(address, port());
        if (state.place().isKnown() && state.address().equals(next)) {
            return;
        }
        String before = state.place().isKnown() ? host(state) : "(none)";
        boolean wasKnown = state.place().isKnown();
        state.moveTo(new ServerState.Place(HostLookup.text(next), next, true), watch.now());
        if (!wasKnown) {
            group.weighAnew();
        }
        LOG.info(
                "server {} changed its address from {} to {} by {} [{}]",
                name(),
                before,
                address.getHostAddress(),
                source,
                place);
        if (!wasKnown) {
            LOG.info("server {} ('{}') is up: resolves again [{}]", name(), state.host(), place);
        }
    }

    private static String host(ServerState state) {
        return state.address() instanceof InetSocketAddress inet && inet.getAddress() != null
                ? inet.getAddress().getHostAddress()
                : "(none)";
    }

    private int port() {
        Reply.Service found = service;
        return found != null ? found.port() : state().address() instanceof InetSocketAddress inet ? inet.getPort() : 0;
    }

    /// It has no address any longer.
    void lost(String reason) {
        settled = null;
        if (lookup.isService() && service != null && services != null && !services.isKnown()) {
            service = null;
            leaveHosts();
            state().host("");
        }
        ServerState state = state();
        if (!state.place().isKnown()) {
            return;
        }
        state.moveTo(nowhere(state.host(), port()), watch.now());
        group.weighAnew();
        LOG.warn("server {} is down for maintenance: {} [{}]", name(), reason, place);
    }

    private static ServerState.Place nowhere(String host, int port) {
        return HostLookup.nowhere(host, port);
    }

    /// It stands for a place of its service from now on, or for the same as before.
    void serve(Reply.Service found) {
        Reply.Service before = service;
        service = found;
        boolean isOther = before == null || !before.isSamePlace(found);
        Optional<InetAddress> along = found.addresses().stream().findFirst();
        if (along.isPresent()) {
            leaveHosts();
            state().host(found.host());
            move(along.get(), "DNS additional record");
        } else if (isOther || hosts == null) {
            if (!state().place().isKnown()) {
                state().moveTo(nowhere(found.host(), found.port()), watch.now());
            }
            goTo(found.host());
        }
        if (!lookup.choice().ignoresWeights()) {
            weigh((found.weight() + WEIGHT_STEP - 1) / WEIGHT_STEP);
        }
    }

    private void weigh(int weight) {
        if (member.weight() != weight) {
            state().weigh(weight);
            group.weighAnew();
        }
    }

    /// The place it stood for is gone.
    void retire() {
        service = null;
        leaveHosts();
        lost("entry removed from SRV record");
        state().host("");
        state().moveTo(nowhere("", 0), watch.now());
    }

    private String name() {
        return group.name() + "/" + member.name();
    }
}
