package dev.fairlead.engine.log;

import dev.fairlead.os.DatagramPath;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A syslog server, by UDP or at a unix socket: a datagram for each line. A server that cannot be reached loses
/// them, and the program's own log says so once until it works again.
final class SyslogOutput implements LogOutput {
    private static final Logger LOG = LoggerFactory.getLogger(SyslogOutput.class);
    private static final String UNIX = "unix:";
    private static final int PORT = 514;
    /// Of UDP every other line seems to be sent where nobody takes them.
    private static final int ENOUGH = 100;

    private final String server;
    private @Nullable Sender sender;
    private boolean isFailing;
    private int sent;

    SyslogOutput(String server) {
        this.server = server;
    }

    @Override
    public void write(byte[] bytes, int length) {
        try {
            present().send(bytes, length);
            sent++;
            isFailing &= sent < ENOUGH;
        } catch (IOException | RuntimeException failure) {
            sent = 0;
            if (!isFailing) {
                isFailing = true;
                LOG.error("sending to syslog server {} failed, lines are lost: {}", server, failure.toString());
            }
            close();
        }
    }

    private Sender present() throws IOException {
        Sender open = sender;
        if (open == null) {
            open = server.startsWith(UNIX) ? local(server.substring(UNIX.length())) : remote(address());
            sender = open;
        }
        return open;
    }

    private static Sender local(String path) throws IOException {
        DatagramPath socket = DatagramPath.to(path);
        return new Sender() {
            @Override
            public void send(byte[] bytes, int length) throws IOException {
                socket.send(bytes, length);
            }

            @Override
            public void close() {
                socket.close();
            }
        };
    }

    private static Sender remote(InetSocketAddress address) throws IOException {
        DatagramChannel channel = DatagramChannel.open();
        channel.configureBlocking(false);
        channel.connect(address);
        return new Sender() {
            @Override
            public void send(byte[] bytes, int length) throws IOException {
                channel.write(ByteBuffer.wrap(bytes, 0, length));
            }

            @Override
            public void close() throws IOException {
                channel.close();
            }
        };
    }

    private InetSocketAddress address() {
        int bracket = server.lastIndexOf(']');
        int colon = server.indexOf(':', Math.max(bracket, 0));
        String host = colon < 0 ? server : server.substring(0, colon);
        int port = colon < 0 ? PORT : Integer.parseInt(server.substring(colon + 1));
        return new InetSocketAddress(host.startsWith("[") ? host.substring(1, host.length() - 1) : host, port);
    }

    @Override
    public void close() {
        Sender open = sender;
        sender = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException failure) {
                LOG.debug("closing a syslog socket failed", failure);
            }
        }
    }

    /// A socket to the server.
    private interface Sender extends AutoCloseable {
        void send(byte[] bytes, int length) throws IOException;

        @Override
        void close() throws IOException;
    }
}
