package dev.fairlead.engine.log;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A syslog server: a datagram for each line. A server that cannot be reached loses them.
final class SyslogOutput implements LogOutput {
    private static final Logger LOG = LoggerFactory.getLogger(SyslogOutput.class);
    private static final int PORT = 514;

    private final String server;
    private @Nullable DatagramChannel channel;
    private boolean isFailing;

    SyslogOutput(String server) {
        this.server = server;
    }

    @Override
    public void write(byte[] bytes, int length) {
        try {
            present().write(ByteBuffer.wrap(bytes, 0, length));
            isFailing = false;
        } catch (IOException | RuntimeException failure) {
            if (!isFailing) {
                isFailing = true;
                LOG.error("sending to syslog server {} failed, lines are lost: {}", server, failure.toString());
            }
            close();
        }
    }

    private DatagramChannel present() throws IOException {
        DatagramChannel open = channel;
        if (open == null) {
            open = DatagramChannel.open();
            channel = open;
            open.configureBlocking(false);
            open.connect(address());
        }
        return open;
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
        DatagramChannel open = channel;
        channel = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException failure) {
                LOG.debug("closing a syslog socket failed", failure);
            }
        }
    }
}
