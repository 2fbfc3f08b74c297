package dev.fairlead.admin.command;

import dev.fairlead.model.net.Address;
import dev.fairlead.model.roster.CommandSocket;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One socket that takes commands, and its connections.
final class OpenSocket implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OpenSocket.class);
    private static final PosixFilePermission[] BITS = {
        PosixFilePermission.OTHERS_EXECUTE,
        PosixFilePermission.OTHERS_WRITE,
        PosixFilePermission.OTHERS_READ,
        PosixFilePermission.GROUP_EXECUTE,
        PosixFilePermission.GROUP_WRITE,
        PosixFilePermission.GROUP_READ,
        PosixFilePermission.OWNER_EXECUTE,
        PosixFilePermission.OWNER_WRITE,
        PosixFilePermission.OWNER_READ
    };

    private final CommandSocket socket;
    private final ServerSocketChannel channel;
    private final Supplier<Interpreter> interpreters;
    private final Set<SocketChannel> connections = ConcurrentHashMap.newKeySet();
    private final @Nullable Object file;

    private OpenSocket(
            CommandSocket socket,
            ServerSocketChannel channel,
            Supplier<Interpreter> interpreters,
            @Nullable Object file) {
        this.socket = socket;
        this.channel = channel;
        this.interpreters = interpreters;
        this.file = file;
    }

    static OpenSocket open(CommandSocket socket, Supplier<Interpreter> interpreters) throws IOException {
        ServerSocketChannel channel;
        try {
            channel = switch (socket.address()) {
                case Address.Unix(String path) -> unix(Path.of(path), socket);
                case Address.Tcp tcp -> inet(tcp);
            };
        } catch (IOException refused) {
            throw new IOException(
                    "cannot listen for commands on " + socket.address().text() + ": " + refused.getMessage(), refused);
        }
        OpenSocket opened = new OpenSocket(socket, channel, interpreters, key(socket.address()));
        Thread.ofVirtual().name("commands " + socket.address().text()).start(opened::accept);
        return opened;
    }

    private static ServerSocketChannel inet(Address.Tcp tcp) throws IOException {
        ServerSocketChannel channel = ServerSocketChannel.open();
        channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
        channel.setOption(StandardSocketOptions.SO_REUSEPORT, true);
        SocketAddress address = tcp.host().equals("*")
                ? new InetSocketAddress(tcp.port())
                : new InetSocketAddress(InetAddress.getByName(tcp.host()), tcp.port());
        try {
            return channel.bind(address);
        } catch (IOException refused) {
            channel.close();
            throw refused;
        }
    }

    /// Made ready under another name, so that nobody connects before its permissions are right.
    private static ServerSocketChannel unix(Path path, CommandSocket socket) throws IOException {
        Path fresh = Path.of(path + "." + ProcessHandle.current().pid() + ".tmp");
        Files.deleteIfExists(fresh);
        ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.bind(UnixDomainSocketAddress.of(fresh));
            if (socket.mode().isPresent()) {
                Files.setPosixFilePermissions(fresh, permissions(socket.mode().getAsInt()));
            }
            own(fresh, socket);
            Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return channel;
        } catch (IOException refused) {
            channel.close();
            Files.deleteIfExists(fresh);
            throw refused;
        }
    }

    private static Set<PosixFilePermission> permissions(int mode) {
        Set<PosixFilePermission> all = EnumSet.noneOf(PosixFilePermission.class);
        for (int bit = 0; bit < BITS.length; bit++) {
            if ((mode >> bit & 1) == 1) {
                all.add(BITS[bit]);
            }
        }
        return all;
    }

    private static void own(Path file, CommandSocket socket) throws IOException {
        var names = file.getFileSystem().getUserPrincipalLookupService();
        if (socket.user().isPresent()) {
            Files.setAttribute(
                    file,
                    "posix:owner",
                    names.lookupPrincipalByName(socket.user().get()));
        }
        if (socket.group().isPresent()) {
            Files.setAttribute(
                    file,
                    "posix:group",
                    names.lookupPrincipalByGroupName(socket.group().get()));
        }
    }

    /// By which the file is known again: another process may have put its own there meanwhile.
    private static @Nullable Object key(Address address) throws IOException {
        return address instanceof Address.Unix(String path) ? Files.getAttribute(Path.of(path), "unix:ino") : null;
    }

    private void accept() {
        while (channel.isOpen()) {
            try {
                SocketChannel connection = channel.accept();
                connections.add(connection);
                Thread.ofVirtual().name("command connection").start(() -> serve(connection));
            } catch (ClosedChannelException closed) {
                return;
            } catch (IOException failed) {
                LOG.warn("accepting commands on {} failed", socket.address().text(), failed);
                return;
            }
        }
    }

    private void serve(SocketChannel connection) {
        try (connection) {
            new CommandConnection(connection, new Session(socket), interpreters.get()).run();
        } catch (IOException gone) {
            LOG.debug("a connection for commands broke off", gone);
        } finally {
            connections.remove(connection);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
            if (socket.address() instanceof Address.Unix(String path)) {
                Path there = Path.of(path);
                if (Files.exists(there) && Files.getAttribute(there, "unix:ino").equals(file)) {
                    Files.delete(there);
                }
            }
            for (SocketChannel connection : connections) {
                connection.close();
            }
        } catch (IOException left) {
            LOG.debug("closing {} failed", socket.address().text(), left);
        }
    }
}
