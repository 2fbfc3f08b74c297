package dev.fairlead.engine.upstream.server;

import dev.fairlead.model.upstream.NameLookup;
import dev.fairlead.model.upstream.Upstream;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What is known of the servers of an upstream from before, when it is put together anew. Each is used once: by its
/// address, or, where its address may change, by its name.
public final class EarlierServers {
    private final Map<SocketAddress, ServerState> byAddress = new HashMap<>();
    private final Map<String, List<ServerState>> byName = new HashMap<>();

    /// None at all.
    public static EarlierServers none() {
        return new EarlierServers();
    }

    public static EarlierServers of(ServerGroup group) {
        EarlierServers earlier = new EarlierServers();
        for (Member member : group.members()) {
            if (member.traits().lookup().isPresent()) {
                earlier.byName
                        .computeIfAbsent(key(member.traits().name(), member.configured()), name -> new ArrayList<>())
                        .add(member.state());
            } else {
                earlier.byAddress.putIfAbsent(member.state().address(), member.state());
            }
        }
        return earlier;
    }

    private static String key(String name, String configured) {
        return name + " " + configured;
    }

    /// Finds first addresses for servers that follow names and were not there before. It may block.
    ///
    /// @throws UnknownHostException if one has to have an address and there is none
    public void begin(Upstream.Server server, long now) throws UnknownHostException {
        NameLookup lookup = server.traits().lookup().orElseThrow();
        String key = key(server.traits().name(), server.address().text());
        List<ServerState> states = byName.computeIfAbsent(key, name -> new ArrayList<>());
        if (states.size() == lookup.addresses()) {
            return;
        }
        states.clear();
        List<ServerState.Place> places = new ArrayList<>(HostLookup.first(lookup, server.address()));
        int port = server.address() instanceof dev.fairlead.model.net.Address.Tcp tcp ? tcp.port() : 0;
        while (places.size() < lookup.addresses()) {
            places.add(HostLookup.nowhere(lookup.host(), port));
        }
        for (ServerState.Place place : places) {
            ServerState state = new ServerState(place.text(), place.address(), now);
            state.moveTo(place, now);
            state.host(lookup.isService() ? "" : lookup.host());
            states.add(state);
        }
    }

    /// Those of a server that follows a name.
    public List<ServerState> following(Upstream.Server server) {
        List<ServerState> known =
                byName.remove(key(server.traits().name(), server.address().text()));
        return known == null ? List.of() : known;
    }

    public List<ServerState> at(List<SocketAddress> addresses, long now) {
        return addresses.stream().map(address -> at(address, now)).toList();
    }

    private ServerState at(SocketAddress address, long now) {
        ServerState known = byAddress.remove(address);
        return known == null ? new ServerState(HostLookup.text(address), address, now) : known;
    }
}
