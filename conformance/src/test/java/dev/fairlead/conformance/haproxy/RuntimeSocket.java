package dev.fairlead.conformance.haproxy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// Asks a runtime socket as `socat` would: a line, and everything up to the end of the connection.
record RuntimeSocket(Path path) {
    String ask(String command) {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(path));
            channel.write(ByteBuffer.wrap((command + "\n").getBytes(StandardCharsets.ISO_8859_1)));
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            ByteBuffer buffer = ByteBuffer.allocate(65_536);
            while (channel.read(buffer.clear()) > 0) {
                all.write(buffer.array(), 0, buffer.position());
            }
            return all.toString(StandardCharsets.ISO_8859_1);
        } catch (IOException failed) {
            throw new UncheckedIOException(command, failed);
        }
    }
}
