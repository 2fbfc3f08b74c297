package dev.fairlead.cli.control;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32;

/// The folder in which each running stack of a user has its control socket. Only that user may enter it.
///
/// It is `$FAIRLEAD_RUNTIME_DIR` where that is set; `/run/fairlead` for root; `$XDG_RUNTIME_DIR/fairlead` for
/// others, or `/tmp/fairlead-UID` without that variable.
///
/// @param path where it is
public record SocketFolder(Path path) {
    private static final String SUFFIX = ".sock";
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");
    private static final int LONGEST_NAME = 40;

    /// @param environment of this process
    /// @param uid of this process
    public static SocketFolder of(Map<String, String> environment, int uid) {
        String set = environment.getOrDefault("FAIRLEAD_RUNTIME_DIR", "");
        if (!set.isEmpty()) {
            return new SocketFolder(Path.of(set).toAbsolutePath());
        }
        if (uid == 0) {
            return new SocketFolder(Path.of("/run/fairlead"));
        }
        String session = environment.getOrDefault("XDG_RUNTIME_DIR", "");
        return new SocketFolder(
                session.isEmpty()
                        ? Path.of("/tmp/fairlead-" + uid)
                        : Path.of(session).resolve("fairlead"));
    }

    public static SocketFolder current() {
        return of(System.getenv(), uid());
    }

    /// Makes the folder if it is not there.
    ///
    /// @throws IOException also when it belongs to somebody else or others may enter it
    public void prepare() throws IOException {
        FileAttribute<?> mode = PosixFilePermissions.asFileAttribute(OWNER_ONLY);
        if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            if (path.getParent() != null) {
                Files.createDirectories(path.getParent());
            }
            Files.createDirectory(path, mode);
        }
        int owner = (Integer) Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS);
        if (owner != uid()) {
            throw new IOException(path + " belongs to another user; set FAIRLEAD_RUNTIME_DIR to a folder of your own");
        }
        if (!Files.getPosixFilePermissions(path).equals(OWNER_ONLY)) {
            Files.setPosixFilePermissions(path, OWNER_ONLY);
        }
    }

    /// The socket of the stack that is read from this place. Its name begins with the place's last part and
    /// tells places of the same name apart.
    public Path socketFor(Path location) {
        return path.resolve(keyOf(location) + SUFFIX);
    }

    /// What the files of the stack that is read from this place are called: its name, and digits that tell places
    /// of the same name apart.
    static String keyOf(Path location) {
        Path absolute = location.toAbsolutePath().normalize();
        CRC32 sum = new CRC32();
        sum.update(absolute.toString().getBytes(StandardCharsets.UTF_8));
        return nameOf(absolute) + "-" + String.format(Locale.ROOT, "%08x", sum.getValue());
    }

    /// Where the files of workers are put: beside the folder, since other users' workers have to read them.
    public Path pythonFolder() {
        return path.resolveSibling(path.getFileName() + "-python");
    }

    /// What a stack read from there is called.
    public static String nameOf(Path location) {
        Path last = location.toAbsolutePath().normalize().getFileName();
        String name = last == null ? "root" : last.toString().replaceAll("[^A-Za-z0-9._-]", "_");
        return name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) : name;
    }

    /// The sockets that somebody answers at. Those left behind by stacks that are gone are removed.
    public List<Path> running() {
        List<Path> sockets = new ArrayList<>();
        if (!Files.isDirectory(path)) {
            return sockets;
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(path, "*" + SUFFIX)) {
            for (Path socket : entries) {
                if (isAnswered(socket)) {
                    sockets.add(socket);
                } else {
                    Files.deleteIfExists(socket);
                }
            }
        } catch (IOException unreadable) {
            return sockets;
        }
        sockets.sort(null);
        return sockets;
    }

    /// What the files of a socket's stack are called.
    public static String key(Path socket) {
        String file = String.valueOf(socket.getFileName());
        return file.endsWith(SUFFIX) ? file.substring(0, file.length() - SUFFIX.length()) : file;
    }

    /// The name a socket's stack goes by.
    public static String stackName(Path socket) {
        String name = key(socket);
        int dash = name.lastIndexOf('-');
        return dash > 0 ? name.substring(0, dash) : name;
    }

    /// Whether somebody listens there.
    public static boolean isAnswered(Path socket) {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            return channel.connect(UnixDomainSocketAddress.of(socket));
        } catch (IOException refused) {
            return false;
        }
    }

    static int uid() {
        try {
            return (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        } catch (IOException unknown) {
            return -1;
        }
    }
}
