package dev.fairlead.os;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ListeningSocketsTest {
    @Test
    void kernelChosenPortIsReportedAndAccepts() throws IOException {
        int listener = ListeningSockets.inet(loopback("127.0.0.1", 0), ListenOptions.DEFAULT);
        try {
            InetSocketAddress address = ListeningSockets.localAddress(listener);
            assertThat(address.getPort()).isPositive();
            try (Socket client = new Socket(address.getAddress(), address.getPort())) {
                assertThat(client.isConnected()).isTrue();
            }
        } finally {
            Descriptors.close(listener);
        }
    }

    @Test
    void ipv6LoopbackAcceptsWhereTheMachineHasIt() throws IOException {
        int listener;
        try {
            listener = ListeningSockets.inet(loopback("::1", 0), ListenOptions.DEFAULT.ipv6Only(true));
        } catch (OsException noIpv6) {
            assumeTrue(false, noIpv6.getMessage());
            return;
        }
        try {
            InetSocketAddress address = ListeningSockets.localAddress(listener);
            assertThat(address.getAddress()).isEqualTo(InetAddress.ofLiteral("::1"));
            try (Socket client = new Socket(address.getAddress(), address.getPort())) {
                assertThat(client.isConnected()).isTrue();
            }
        } finally {
            Descriptors.close(listener);
        }
    }

    @Test
    void addressInUseIsNamedWithItsReason() throws IOException {
        int listener = ListeningSockets.inet(loopback("127.0.0.1", 0), ListenOptions.DEFAULT);
        try {
            int port = ListeningSockets.localAddress(listener).getPort();
            assertThatThrownBy(() -> ListeningSockets.inet(loopback("127.0.0.1", port), ListenOptions.DEFAULT))
                    .isInstanceOf(OsException.class)
                    .hasMessage("127.0.0.1:" + port + ": bind: Address already in use")
                    .extracting(thrown -> ((OsException) thrown).errno())
                    .isEqualTo(Errno.EADDRINUSE);
        } finally {
            Descriptors.close(listener);
        }
    }

    @Test
    void sharedPortLetsTwoListen() throws IOException {
        ListenOptions shared = ListenOptions.DEFAULT.portIsShared(true);
        int first = ListeningSockets.inet(loopback("127.0.0.1", 0), shared);
        try {
            int port = ListeningSockets.localAddress(first).getPort();
            int second = ListeningSockets.inet(loopback("127.0.0.1", port), shared);
            Descriptors.close(second);
        } finally {
            Descriptors.close(first);
        }
    }

    @Test
    void unixSocketHasItsModeFromTheStart(@TempDir Path folder) throws IOException {
        Path path = folder.resolve("control.sock");
        int listener = ListeningSockets.unix(path, ListenOptions.DEFAULT.fileMode(0600));
        try {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                    .isEqualTo("rw-------");
            try (SocketChannel client = SocketChannel.open(StandardProtocolFamily.UNIX)) {
                assertThat(client.connect(UnixDomainSocketAddress.of(path))).isTrue();
            }
        } finally {
            Descriptors.close(listener);
        }
    }

    @Test
    void unixPathThatIsTooLongIsRefusedWithItsLength(@TempDir Path folder) {
        Path path = folder.resolve("x".repeat(120));
        assertThatThrownBy(() -> ListeningSockets.unix(path, ListenOptions.DEFAULT))
                .hasMessageContaining("at most 107 bytes");
    }

    private static InetSocketAddress loopback(String address, int port) {
        return new InetSocketAddress(InetAddress.ofLiteral(address), port);
    }
}
