package dev.fairlead.conformance.cases;

import dev.fairlead.testkit.Deadline;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/// A syslog server that keeps what it is told.
public final class LogServer implements AutoCloseable {
    private static final int LONGEST_SECONDS = 60;

    private final DatagramSocket socket;
    private final UnaryOperator<String> neutral;

    private LogServer(DatagramSocket socket, UnaryOperator<String> neutral) {
        this.socket = socket;
        this.neutral = neutral;
    }

    /// At a port that the kernel chooses.
    ///
    /// @param neutral takes from a line what depends on the moment
    public static LogServer open(UnaryOperator<String> neutral) throws SocketException {
        return new LogServer(new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)), neutral);
    }

    public int port() {
        return socket.getLocalPort();
    }

    /// The next lines about requests, as they come.
    ///
    /// @throws AssertionError if there are fewer for too long
    public List<String> next(int count) {
        List<String> lines = new ArrayList<>();
        Deadline deadline = Deadline.inSeconds(LONGEST_SECONDS);
        try {
            while (lines.size() < count) {
                socket.setSoTimeout(Math.max(1, deadline.millisLeft()));
                DatagramPacket packet = new DatagramPacket(new byte[65_536], 65_536);
                socket.receive(packet);
                String line = new String(packet.getData(), 0, packet.getLength(), StandardCharsets.ISO_8859_1);
                if (!line.contains(": Proxy ")) {
                    lines.add(neutral.apply(line.strip()));
                }
            }
        } catch (SocketTimeoutException late) {
            throw new AssertionError("of " + count + " lines there came " + lines, late);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return lines;
    }

    @Override
    public void close() {
        socket.close();
    }
}
