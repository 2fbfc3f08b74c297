package dev.fairlead.process.supervisor.socket;

import dev.fairlead.model.service.SocketUnit;
import dev.fairlead.model.service.execution.Named;
import dev.fairlead.model.service.socket.ListenPoint;
import dev.fairlead.model.service.socket.SocketFiles;
import dev.fairlead.model.service.socket.SocketSwitch;
import dev.fairlead.os.Accounts;
import dev.fairlead.os.Errno;
import dev.fairlead.os.OsException;
import dev.fairlead.os.ServiceSockets;
import dev.fairlead.os.SocketKind;
import dev.fairlead.os.SocketSetting;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// Opens the sockets of one unit as it asks, with their files, folders and links.
public final class SocketOpening {
    /// What must be set before a socket is bound; the rest is set after, and may fail.
    private static final Set<SocketSwitch> FIRST = EnumSet.of(
            SocketSwitch.REUSE_PORT, SocketSwitch.FREE_BIND, SocketSwitch.TRANSPARENT, SocketSwitch.IPV6_ONLY);
    private static final Set<SocketSwitch> OF_TCP = EnumSet.of(
            SocketSwitch.KEEP_ALIVE_TIME,
            SocketSwitch.KEEP_ALIVE_INTERVAL,
            SocketSwitch.KEEP_ALIVE_PROBES,
            SocketSwitch.NO_DELAY,
            SocketSwitch.DEFER_ACCEPT);
    private static final Set<SocketSwitch> OF_IP =
            EnumSet.of(SocketSwitch.TYPE_OF_SERVICE, SocketSwitch.TIME_TO_LIVE, SocketSwitch.PASS_PACKET_INFO);

    private final SocketUnit unit;
    private final Consumer<String> warnings;

    /// @param warnings takes what of the unit's wishes could not be met
    public SocketOpening(SocketUnit unit, Consumer<String> warnings) {
        this.unit = unit;
        this.warnings = warnings;
    }

    /// Opens one of its places.
    ///
    /// @throws IOException naming the place and the reason
    public OpenSocket open(ListenPoint point) throws IOException {
        if (point.file().isPresent()) {
            makeFolders(point.file().get());
        }
        OpenSocket opened = switch (point) {
            case ListenPoint.Inet inet -> inet(inet);
            case ListenPoint.UnixPath unix ->
                new OpenSocket(point, unix(kind(unix.kind()), unix.path().toString(), Optional.of(unix.path())), false);
            case ListenPoint.UnixName unix ->
                new OpenSocket(point, unix(kind(unix.kind()), "@" + unix.name(), Optional.empty()), false);
            case ListenPoint.Fifo fifo ->
                new OpenSocket(
                        point,
                        ServiceSockets.fifo(
                                fifo.path(),
                                unit.files().mode(),
                                unit.settings().pipeSize()),
                        false);
        };
        apply(opened);
        if (point.file().isPresent()) {
            own(point.file().get());
        }
        return opened;
    }

    private OpenSocket inet(ListenPoint.Inet point) throws IOException {
        if (point.host().isPresent()) {
            InetAddress address = InetAddress.ofLiteral(point.host().get());
            return inet(point, address);
        }
        try {
            return inet(point, InetAddress.ofLiteral("::"));
        } catch (OsException refused) {
            // A machine without IPv6.
            if (refused.errno() != Errno.EAFNOSUPPORT && refused.errno() != Errno.EADDRNOTAVAIL) {
                throw refused;
            }
            return inet(point, InetAddress.ofLiteral("0.0.0.0"));
        }
    }

    private OpenSocket inet(ListenPoint.Inet point, InetAddress address) throws OsException {
        int descriptor =
                ServiceSockets.inet(kind(point.kind()), new InetSocketAddress(address, point.port()), binding());
        return new OpenSocket(point, descriptor, address instanceof Inet6Address);
    }

    /// A file that an earlier socket has left behind makes room.
    private int unix(SocketKind kind, String name, Optional<Path> file) throws IOException {
        try {
            return ServiceSockets.unix(kind, name, binding());
        } catch (OsException refused) {
            if (refused.errno() != Errno.EADDRINUSE || file.isEmpty()) {
                throw refused;
            }
            Files.deleteIfExists(file.get());
            return ServiceSockets.unix(kind, name, binding());
        }
    }

    private ServiceSockets.Binding binding() {
        Map<SocketSetting, Integer> first = new EnumMap<>(SocketSetting.class);
        unit.settings().switches().forEach((which, value) -> {
            if (FIRST.contains(which)) {
                first.put(setting(which), value);
            }
        });
        return new ServiceSockets.Binding(
                first, unit.settings().device(), unit.settings().backlog());
    }

    private static SocketKind kind(ListenPoint.Kind kind) {
        return switch (kind) {
            case STREAM -> SocketKind.STREAM;
            case DATAGRAM -> SocketKind.DATAGRAM;
            case SEQUENTIAL -> SocketKind.SEQUENTIAL;
        };
    }

    /// Both enumerations name the same things.
    private static SocketSetting setting(SocketSwitch which) {
        return SocketSetting.valueOf(which.name());
    }

    private void apply(OpenSocket socket) {
        if (socket.point() instanceof ListenPoint.Fifo) {
            return;
        }
        boolean isInet = socket.point() instanceof ListenPoint.Inet;
        boolean isTcp = isInet && socket.point().isConnected();
        unit.settings().switches().forEach((which, value) -> {
            boolean concerns = OF_TCP.contains(which) ? isTcp : !OF_IP.contains(which) || isInet;
            if (!FIRST.contains(which) && concerns) {
                try {
                    ServiceSockets.set(socket.descriptor(), setting(which), value, socket.isSix());
                } catch (OsException refused) {
                    warnings.accept(which.name() + " cannot be set: " + refused.reason());
                }
            }
        });
        if (isTcp && unit.settings().congestion().isPresent()) {
            try {
                ServiceSockets.congestion(
                        socket.descriptor(), unit.settings().congestion().get());
            } catch (OsException refused) {
                warnings.accept("TCPCongestion= cannot be set: " + refused.reason());
            }
        }
    }

    private void makeFolders(Path file) throws IOException {
        Path folder = file.getParent();
        if (folder == null || Files.isDirectory(folder)) {
            return;
        }
        makeFolders(folder);
        Files.createDirectory(folder);
        Files.setPosixFilePermissions(folder, Permissions.of(unit.files().folderMode()));
    }

    private void own(Path file) throws IOException {
        SocketFiles files = unit.files();
        Files.setPosixFilePermissions(file, Permissions.of(files.mode()));
        Optional<Integer> user =
                number("user", files.owner(), name -> Accounts.user(name).map(Accounts.User::uid));
        Optional<Integer> group =
                number("group", files.group(), name -> Accounts.group(name).map(Accounts.Group::gid));
        // A user alone brings its own group along.
        Optional<Integer> usual = files.group().isPresent()
                ? Optional.empty()
                : files.owner().flatMap(named -> Accounts.user(named.name())).map(Accounts.User::gid);
        give(file, "unix:uid", user);
        give(file, "unix:gid", group.isPresent() ? group : usual);
    }

    private Optional<Integer> number(String what, Optional<Named> named, Lookup lookup) {
        Optional<Integer> number = named.flatMap(one -> lookup.number(one.name()));
        if (named.isPresent() && number.isEmpty()) {
            warnings.accept("there is no " + what + " " + named.get().name() + "; its sockets stay the supervisor's");
        }
        return number;
    }

    private interface Lookup {
        Optional<Integer> number(String name);
    }

    private void give(Path file, String attribute, Optional<Integer> owner) throws IOException {
        if (owner.isEmpty() || owner.get().equals(Files.getAttribute(file, attribute))) {
            return;
        }
        try {
            Files.setAttribute(file, attribute, owner.get());
        } catch (IOException refused) {
            warnings.accept(file + " cannot be given away: only root may");
        }
    }

    /// Further names of the one file there is; one that cannot be made is only said.
    public void link() {
        List<Path> targets =
                unit.listens().stream().flatMap(point -> point.file().stream()).toList();
        if (targets.size() != 1) {
            return;
        }
        for (Path link : unit.files().links()) {
            try {
                makeFolders(link);
                if (Files.isSymbolicLink(link)) {
                    Files.delete(link);
                }
                Files.createSymbolicLink(link, targets.getFirst());
            } catch (IOException refused) {
                warnings.accept("Failed to create symlink " + link + ": " + refused.getMessage());
            }
        }
    }

    /// Takes files and links away, as far as they are there.
    public void remove() {
        Set<Path> files = new HashSet<>(unit.files().links());
        unit.listens().forEach(point -> point.file().ifPresent(files::add));
        for (Path file : files) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException refused) {
                warnings.accept(file + " cannot be removed: " + refused.getMessage());
            }
        }
    }
}
