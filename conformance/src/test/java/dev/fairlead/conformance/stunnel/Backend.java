package dev.fairlead.conformance.stunnel;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/// A server behind the program under test. Says its name, and when it hears `bye`, how much it heard; then it
/// ends.
final class Backend implements AutoCloseable {
    private final Closeable socket;
    private final String place;
    private final List<String> heard = Collections.synchronizedList(new ArrayList<>());

    private Backend(Closeable socket, String place) {
        this.socket = socket;
        this.place = place;
    }

    /// In the clear; writes down where connections come from.
    static Backend plain(String name) throws IOException {
        ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Backend backend = new Backend(socket, Integer.toString(socket.getLocalPort()));
        backend.accept(socket, name);
        return backend;
    }

    /// Over TLS, asking for a certificate; writes down the server name and the certificate.
    static Backend tls(String name, SSLContext context, boolean needsCertificate) throws IOException {
        SSLServerSocket socket = (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        if (needsCertificate) {
            socket.setNeedClientAuth(true);
        } else {
            socket.setWantClientAuth(true);
        }
        Backend backend = new Backend(socket, Integer.toString(socket.getLocalPort()));
        backend.accept(socket, name);
        return backend;
    }

    /// In the clear until it has been asked for TLS.
    static Backend greeting(String name, SSLContext context, Greeter greeter) throws IOException {
        ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Backend backend = new Backend(socket, Integer.toString(socket.getLocalPort()));
        backend.accept(socket, client -> {
            try (client) {
                if (greeter.greet(client.getInputStream(), client.getOutputStream(), backend.heard)) {
                    SSLSocket tls = (SSLSocket)
                            context.getSocketFactory().createSocket(client, "client", client.getPort(), true);
                    tls.setUseClientMode(false);
                    backend.serve(name, tls);
                }
            } catch (IOException lost) {
                backend.heard.add("lost");
            }
        });
        return backend;
    }

    static Backend unix(String name, Path path) throws IOException {
        ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        channel.bind(UnixDomainSocketAddress.of(path));
        Backend backend = new Backend(channel, path.toString());
        Thread.ofVirtual().start(() -> {
            try {
                while (true) {
                    SocketChannel client = channel.accept();
                    Thread.ofVirtual()
                            .start(() -> backend.serve(
                                    name, Channels.newInputStream(client), Channels.newOutputStream(client), client));
                }
            } catch (IOException closed) {
                return;
            }
        });
        return backend;
    }

    private void accept(ServerSocket socket, String name) {
        accept(socket, client -> serve(name, client));
    }

    private void accept(ServerSocket socket, Consumer<Socket> server) {
        Thread.ofVirtual().start(() -> {
            try {
                while (true) {
                    Socket client = socket.accept();
                    Thread.ofVirtual().start(() -> server.accept(client));
                }
            } catch (IOException closed) {
                return;
            }
        });
    }

    private void serve(String name, Socket client) {
        try {
            if (client instanceof SSLSocket tls) {
                tls.startHandshake();
                String names = ((ExtendedSSLSession) tls.getSession())
                        .getRequestedServerNames()
                        .toString();
                // An address is no server name (RFC 6066, section 3): stunnel sends it all the same, we do not.
                heard.add("name " + (names.contains("127.0.0.1") ? "[" : names).replaceAll("^.*value=|]$", "")
                        + ", certificate " + Client.certificate(tls.getSession()));
            } else {
                heard.add("from " + client.getInetAddress().getHostAddress());
            }
            serve(name, client.getInputStream(), client.getOutputStream(), client);
        } catch (IOException refused) {
            heard.add("no TLS");
        }
    }

    private void serve(String name, InputStream in, OutputStream out, Closeable client) {
        try (client) {
            out.write((name + ":").getBytes(ISO_8859_1));
            out.flush();
            byte[] buffer = new byte[65536];
            long received = 0;
            for (int count = in.read(buffer); count > 0; count = in.read(buffer)) {
                received += count;
                if (new String(buffer, 0, count, ISO_8859_1).endsWith("bye\n")) {
                    out.write((received + " bytes").getBytes(ISO_8859_1));
                    out.write(new byte[100_000]);
                    out.flush();
                    return;
                }
            }
            heard.add("end");
        } catch (IOException lost) {
            heard.add("lost");
        }
    }

    /// A port, or a path.
    String place() {
        return place;
    }

    /// What it wrote down, in order.
    List<String> heard() {
        return List.copyOf(heard);
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException ignored) {
            return;
        }
    }
}
