package dev.fairlead.conformance.stunnel;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Supplier;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;

/// A client of the program under test. Tells what it saw in one line.
final class Client {
    private static final int PATIENCE = 60_000;
    private static final String REFUSED = "refused";

    private Client() {}

    static String certificate(SSLSession session) {
        try {
            return session.getPeerPrincipal().getName().replaceAll(".*CN=([^,]*).*", "$1");
        } catch (SSLPeerUnverifiedException none) {
            return "none";
        }
    }

    /// Connects in the clear, sends, and reads to the end.
    static String plain(int port, String sent) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(PATIENCE);
            socket.getOutputStream().write(sent.getBytes(ISO_8859_1));
            return read(socket.getInputStream());
        } catch (IOException failure) {
            return failure(failure);
        }
    }

    /// Connects in the clear, and once it hears something has another client come; then sends and reads to the end.
    static String plainBeside(int port, String sent, Supplier<String> other) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(PATIENCE);
            int first = socket.getInputStream().read();
            String seen = other.get();
            socket.getOutputStream().write(sent.getBytes(ISO_8859_1));
            return (char) first + read(socket.getInputStream()) + ", beside it " + seen;
        } catch (IOException failure) {
            return failure(failure);
        }
    }

    /// Connects with TLS, sends, and reads to the end.
    ///
    /// @param name the server name to ask for; empty for none
    /// @param settings protocols, ciphers where they start with `TLS_`, and groups where they start with `secp`
    static String tls(int port, SSLContext context, String name, String sent, String... settings) {
        try (SSLSocket socket =
                (SSLSocket) context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(PATIENCE);
            prepare(socket, name, settings);
            socket.startHandshake();
            SSLSession session = socket.getSession();
            String agreed = session.getProtocol() + " " + certificate(session);
            if (settings.length > 0 && settings[settings.length - 1].startsWith("TLS_")) {
                agreed += " " + session.getCipherSuite();
            }
            socket.getOutputStream().write(sent.getBytes(ISO_8859_1));
            socket.getOutputStream().flush();
            String seen = read(socket.getInputStream());
            return seen.equals(REFUSED) ? seen : agreed + " " + seen;
        } catch (IOException failure) {
            return failure(failure);
        }
    }

    /// Asks as clients of PostgreSQL do, then sends and reads to the end.
    ///
    /// @param asksForTls else for a session in the clear
    static String postgresql(int port, SSLContext context, boolean asksForTls) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(PATIENCE);
            int version = asksForTls ? 80_877_103 : 196_608;
            socket.getOutputStream()
                    .write(ByteBuffer.allocate(8).putInt(8).putInt(version).array());
            int answer = socket.getInputStream().read();
            if (answer != 'S') {
                return REFUSED;
            }
            try (SSLSocket tls =
                    (SSLSocket) context.getSocketFactory().createSocket(socket, "localhost", port, false)) {
                tls.startHandshake();
                tls.getOutputStream().write("hello\nbye\n".getBytes(ISO_8859_1));
                return certificate(tls.getSession()) + " " + read(tls.getInputStream());
            }
        } catch (IOException failure) {
            return failure(failure);
        }
    }

    private static void prepare(SSLSocket socket, String name, String... settings) {
        SSLParameters parameters = socket.getSSLParameters();
        if (!name.isEmpty()) {
            parameters.setServerNames(List.of(new SNIHostName(name)));
        }
        List<String> all = List.of(settings);
        String[] protocols =
                all.stream().filter(each -> each.startsWith("TLSv")).toArray(String[]::new);
        String[] ciphers = all.stream().filter(each -> each.startsWith("TLS_")).toArray(String[]::new);
        String[] groups = all.stream().filter(each -> each.startsWith("secp")).toArray(String[]::new);
        if (groups.length > 0) {
            parameters.setNamedGroups(groups);
        }
        if (protocols.length > 0) {
            parameters.setProtocols(protocols);
        }
        if (ciphers.length > 0) {
            parameters.setCipherSuites(ciphers);
        }
        socket.setSSLParameters(parameters);
    }

    private static String read(InputStream in) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        String end = "end";
        try {
            byte[] buffer = new byte[65536];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                all.write(buffer, 0, count);
            }
        } catch (IOException failure) {
            end = failure(failure);
        }
        String text = all.toString(ISO_8859_1);
        // With bytes unread a close is a reset: which of the two is seen is a matter of moments.
        if (text.isEmpty() && !end.equals("timeout")) {
            return REFUSED;
        }
        String shown = text.length() > 2000 ? text.length() + " bytes, hash " + text.hashCode() : text;
        return "\"" + shown.replace("\n", "|") + "\" " + end;
    }

    /// A refusal is told by an alert, and then the connection is reset, which may overtake the alert: nobody
    /// can rely on seeing the one or the other.
    private static String failure(IOException failure) {
        String message = String.valueOf(failure.getMessage());
        return switch (failure) {
            case SocketTimeoutException late -> "timeout";
            case SSLException refused -> REFUSED;
            case SocketException lost -> REFUSED;
            default -> message;
        };
    }
}
