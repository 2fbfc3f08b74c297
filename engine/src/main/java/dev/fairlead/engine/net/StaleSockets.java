package dev.fairlead.engine.net;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/// Files of unix sockets that nobody listens on any more, as a killed process leaves them.
final class StaleSockets {
    private StaleSockets() {}

    /// Removes the file if it is a socket that refuses connections; anything else stays and makes binding fail.
    static void remove(Path path) {
        try {
            BasicFileAttributes file = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (file.isOther() && !isListenedOn(path)) {
                Files.deleteIfExists(path);
            }
        } catch (IOException notThere) {
            // Binding says what is wrong, if anything is.
            return;
        }
    }

    private static boolean isListenedOn(Path path) {
        try (SocketChannel probe = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            probe.connect(UnixDomainSocketAddress.of(path));
            return true;
        } catch (IOException refused) {
            return false;
        }
    }
}
