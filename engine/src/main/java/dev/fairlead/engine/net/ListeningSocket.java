package dev.fairlead.engine.net;

import dev.fairlead.model.net.Address;
import dev.fairlead.model.net.SocketFile;
import dev.fairlead.model.net.SocketOptions;
import dev.fairlead.os.Descriptors;
import dev.fairlead.os.ListenOptions;
import dev.fairlead.os.ListeningSockets;
import dev.fairlead.os.OsException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A socket that listens, as a descriptor: opened by us, or inherited from who started us. Outlives
/// generations; the address is what finds it again.
public final class ListeningSocket {
    private static final Logger LOG = LoggerFactory.getLogger(ListeningSocket.class);
    private static final int DEFER_SECONDS = 1;

    /// Everybody may connect to a unix socket, as with nginx.
    private static final int UNIX_MODE = 0666;

    private final Address address;
    private final int descriptor;
    private final boolean ownsFile;

    private ListeningSocket(Address address, int descriptor, boolean ownsFile) {
        this.ownsFile = ownsFile;
        this.address = address;
        this.descriptor = descriptor;
    }

    /// Opens the socket.
    ///
    /// @throws OsException naming the address and the reason
    /// @throws UnknownHostException if the host is a name without an address
    public static ListeningSocket open(Address address, SocketOptions options)
            throws OsException, UnknownHostException {
        return switch (address) {
            case Address.Tcp tcp ->
                new ListeningSocket(address, ListeningSockets.inet(resolve(tcp), from(options)), true);
            case Address.Unix unix -> {
                StaleSockets.remove(Path.of(unix.path()));
                ListeningSocket opened =
                        new ListeningSocket(address, ListeningSockets.unix(Path.of(unix.path()), from(options)), true);
                give(opened, Path.of(unix.path()), options.file());
                yield opened;
            }
        };
    }

    private static void give(ListeningSocket opened, Path path, SocketFile file) throws OsException {
        try {
            ListeningSockets.give(path, file.user(), file.group(), file.mode());
        } catch (OsException refused) {
            opened.close();
            throw refused;
        }
    }

    /// Takes over a socket that listens already.
    public static ListeningSocket adopt(Address address, int descriptor) throws OsException {
        return take(address, descriptor, true);
    }

    /// As [#adopt], for a socket that belongs to whoever started this program: its file stays.
    public static ListeningSocket borrow(Address address, int descriptor) throws OsException {
        return take(address, descriptor, false);
    }

    private static ListeningSocket take(Address address, int descriptor, boolean ownsFile) throws OsException {
        Descriptors.blocks(descriptor, false);
        Descriptors.closesOnExec(descriptor, true);
        return new ListeningSocket(address, descriptor, ownsFile);
    }

    private static InetSocketAddress resolve(Address.Tcp tcp) throws UnknownHostException {
        String host = tcp.host().equals("*") ? "0.0.0.0" : tcp.host();
        return new InetSocketAddress(InetAddress.getByName(host), tcp.port());
    }

    private static ListenOptions from(SocketOptions options) {
        return new ListenOptions(
                options.backlog().orElse(ListenOptions.DEFAULT.backlog()),
                true,
                options.reusePort(),
                Optional.of(options.ipv6Only()),
                options.receiveBuffer().orElse(0),
                options.sendBuffer().orElse(0),
                options.fastOpen().orElse(0),
                options.deferAccept() ? DEFER_SECONDS : 0,
                options.keepAlive().map(SocketOptions.TcpKeepAlive::enabled),
                OptionalInt.of(options.file().mode().orElse(UNIX_MODE)),
                options.device());
    }

    /// As the plan names it.
    public Address address() {
        return address;
    }

    /// For handing the socket to another process. Owned by this object.
    public int descriptor() {
        return descriptor;
    }

    /// For a socket that nobody accepts from. Once an acceptor was started it does this.
    public void close() {
        Descriptors.close(descriptor);
        removeFile();
    }

    /// The path of a unix socket goes when its last listener does.
    void removeFile() {
        if (!ownsFile || !(address instanceof Address.Unix unix)) {
            return;
        }
        try {
            Files.deleteIfExists(Path.of(unix.path()));
        } catch (IOException notOurs) {
            LOG.debug("cannot remove {}", unix.path(), notOurs);
        }
    }

    /// The address with the port the kernel chose, where the plan left that to it.
    public Address boundAddress() throws OsException {
        return switch (address) {
            case Address.Tcp tcp ->
                new Address.Tcp(
                        tcp.host(), ListeningSockets.localAddress(descriptor).getPort());
            case Address.Unix unix -> unix;
        };
    }
}
