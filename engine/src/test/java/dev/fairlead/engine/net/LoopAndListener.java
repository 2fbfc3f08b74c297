package dev.fairlead.engine.net;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// An event loop whose connections are under test, and what they connect to. Skips tests where the loop is not the
/// native one.
final class LoopAndListener implements BeforeEachCallback, AfterEachCallback {
    private final Loops loops = Loops.start(1);
    private final ServerSocket listener;

    /// @param receiveBuffer of what is accepted, in bytes; 0 for the kernel's own choice
    LoopAndListener(int receiveBuffer) {
        try {
            listener = new ServerSocket();
            // Waiting for a connection is nothing that @Timeout could interrupt.
            listener.setSoTimeout(60_000);
            if (receiveBuffer > 0) {
                listener.setReceiveBufferSize(receiveBuffer);
            }
            listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public void beforeEach(ExtensionContext test) {
        Assumptions.assumeTrue(loops.isNative());
    }

    @Override
    public void afterEach(ExtensionContext test) throws IOException {
        loops.close();
        listener.close();
    }

    EventLoop loop() {
        return loops.all().getFirst();
    }

    SocketAddress address() {
        return listener.getLocalSocketAddress();
    }

    /// Connects a channel, on the loop.
    void connect(Channel channel) throws InterruptedException {
        loop().register(channel).sync();
        channel.connect(address()).sync();
    }

    /// The other side of a connection.
    Socket accept() throws IOException {
        return listener.accept();
    }
}
