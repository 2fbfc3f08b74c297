package dev.fairlead.cli.run;

import dev.fairlead.model.net.Address;
import dev.fairlead.model.plan.Detour;
import dev.fairlead.model.plan.Link;
import dev.fairlead.model.plan.Plan;
import dev.fairlead.model.service.SocketUnit;
import dev.fairlead.model.service.UnitSet;
import dev.fairlead.model.service.socket.ListenPoint;
import dev.fairlead.model.status.ApplicationStatus;
import dev.fairlead.model.status.UnitStatus;
import dev.fairlead.model.upstream.Upstream;
import dev.fairlead.time.Clock;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Whether a stack does what it is there for: every unit has finished starting, and every server on this
/// machine that requests are forwarded to takes connections. Only looked at where the stack has units: else
/// those servers are not its own.
final class Readiness {
    private static final Set<String> LOCAL = Set.of("127.0.0.1", "localhost", "::1");

    private final Supplier<List<ApplicationStatus>> applications;
    private final Supplier<Map<String, UnitStatus.Activity>> activities;
    private final List<Address> servers;

    /// @param units their sockets take connections while their services do not run yet
    /// @param activities of all units by name; asked often while they start, so it should cost little
    Readiness(
            Plan plan,
            UnitSet units,
            Supplier<List<ApplicationStatus>> applications,
            Supplier<Map<String, UnitStatus.Activity>> activities) {
        this.applications = applications;
        this.activities = activities;
        Set<Address> inside = Stream.concat(
                        plan.links().stream().map(Link::to),
                        plan.detours().stream().map(Detour::to))
                .collect(Collectors.toSet());
        this.servers = plan.http().upstreams().stream()
                .flatMap(upstream -> upstream.servers().stream())
                .filter(server -> !server.down() && !server.backup())
                .map(Upstream.Server::address)
                .filter(Readiness::isLocal)
                .filter(server -> !inside.contains(server) && !isSocketOf(units, server))
                .distinct()
                .toList();
    }

    /// A connection to one of those would start its service.
    private static boolean isSocketOf(UnitSet units, Address server) {
        return units.units().stream()
                .flatMap(unit -> unit instanceof SocketUnit socket ? socket.listens().stream() : Stream.of())
                .anyMatch(point -> switch (server) {
                    case Address.Tcp tcp -> point instanceof ListenPoint.Inet inet && inet.port() == tcp.port();
                    case Address.Unix unix ->
                        point.file()
                                .filter(file -> file.toString().equals(unix.path()))
                                .isPresent();
                });
    }

    /// Lets time pass between two looks.
    interface Pause {
        /// @return whether looking on makes no sense any more
        boolean forAtMost(Duration time) throws InterruptedException;
    }

    /// Waits until it is ready, or time is up.
    ///
    /// @return what is missing; nothing if it is ready
    List<String> await(Duration longest, Clock clock, Pause pause) throws InterruptedException {
        long end = clock.monotonicNanos() + longest.toNanos();
        List<String> missing = missing();
        while (!missing.isEmpty() && clock.monotonicNanos() - end < 0 && !pause.forAtMost(Duration.ofMillis(20))) {
            missing = missing();
        }
        return missing;
    }

    private List<String> missing() {
        Map<String, UnitStatus.Activity> units = activities.get();
        List<String> missing = new ArrayList<>();
        for (ApplicationStatus application : applications.get()) {
            if (application.generation() == 0) {
                missing.add(application.name()
                        + (application.problem().isPresent() ? " did not come up" : " is still starting"));
            }
        }
        units.forEach((name, activity) -> {
            if (activity == UnitStatus.Activity.ACTIVATING) {
                missing.add(name + " is still starting");
            }
        });
        if (!units.isEmpty()) {
            servers.stream()
                    .filter(server -> !takesConnections(server))
                    .forEach(server -> missing.add(server.text() + " takes no connections yet"));
        }
        return missing;
    }

    private static boolean isLocal(Address address) {
        return switch (address) {
            case Address.Tcp tcp -> LOCAL.contains(tcp.host());
            case Address.Unix unix -> true;
        };
    }

    private static boolean takesConnections(Address address) {
        try {
            return switch (address) {
                case Address.Tcp tcp -> {
                    try (SocketChannel channel = SocketChannel.open(new InetSocketAddress(tcp.host(), tcp.port()))) {
                        yield channel.isConnected();
                    }
                }
                case Address.Unix unix -> {
                    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
                        yield channel.connect(UnixDomainSocketAddress.of(unix.path()));
                    }
                }
            };
        } catch (IOException refused) {
            return false;
        }
    }
}
