package dev.fairlead.engine.stream;

import dev.fairlead.engine.compile.CompileContext;
import dev.fairlead.engine.upstream.StreamServers;
import dev.fairlead.model.http.LogLevel;
import dev.fairlead.model.net.Address;
import dev.fairlead.model.stream.StreamForward;
import dev.fairlead.model.upstream.Upstream;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.util.NetUtil;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/// Servers whose names need not be known at the start, as with stunnel's `delay`: they are looked up for each
/// connection, and tried in their order. What cannot be found is passed over.
final class LateTarget {
    private final Course.Target.Late target;
    private final Relay relay;
    private final StreamSession session;
    private final StreamLoop loop;
    private final Iterator<Upstream.Server> rest;
    private final List<SocketAddress> found = new ArrayList<>();

    private LateTarget(Course.Target.Late target, Relay relay, StreamSession session, StreamLoop loop) {
        this.target = target;
        this.relay = relay;
        this.session = session;
        this.loop = loop;
        this.rest = target.upstream().servers().iterator();
    }

    /// Where some servers can be found, it is these; where none can, they are looked up again for each connection.
    static Course.Target compile(StreamForward.Target.Fixed fixed, CompileContext context) {
        if (fixed.late().isEmpty()) {
            return new Course.Target.Fixed(StreamServers.compile(fixed.upstream(), context), fixed.hostText());
        }
        Upstream upstream = fixed.upstream();
        List<Upstream.Server> known = NameTrial.known(fixed, context.problems());
        return known.isEmpty()
                ? new Course.Target.Late(
                        upstream, fixed.hostText(), fixed.late().get().by())
                : new Course.Target.Fixed(
                        StreamServers.compile(upstream.withServers(known), context), fixed.hostText());
    }

    static void find(Course.Target.Late target, Relay relay, StreamSession session, StreamLoop loop) {
        new LateTarget(target, relay, session, loop).next();
    }

    private void next() {
        if (relay.isOver()) {
            return;
        }
        while (rest.hasNext()) {
            switch (rest.next().address()) {
                case Address.Unix(String path) -> found.add(new DomainSocketAddress(path));
                case Address.Tcp(String host, int port) -> {
                    if (NetUtil.createByteArrayFromIpAddressString(host) == null) {
                        find(host, port);
                        return;
                    }
                    found.add(new InetSocketAddress(host, port));
                }
            }
        }
        if (found.isEmpty()) {
            relay.give("no server of \"" + target.upstream().name() + "\" could be resolved");
        } else {
            Address first = target.upstream().servers().getFirst().address();
            Computing.begin(first, target.host(), found, relay, session, loop);
        }
    }

    private void find(String host, int port) {
        loop.upstreams().resolve(host, target.by(), loop.loop(), loop.clock(), all -> {
            if (all.isEmpty() && !relay.isOver()) {
                session.report(LogLevel.ERROR, host + " could not be resolved (3: Host not found)");
            }
            all.forEach(address -> found.add(new InetSocketAddress(address, port)));
            next();
        });
    }
}
