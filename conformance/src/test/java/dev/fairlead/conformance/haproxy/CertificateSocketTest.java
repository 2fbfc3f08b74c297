package dev.fairlead.conformance.haproxy;

import dev.fairlead.conformance.cases.Keys;
import dev.fairlead.conformance.cases.Names;
import dev.fairlead.testkit.AnyCertificate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Certificates that are replaced through the runtime sockets of the real HAProxy and of Fairlead, as tools that
/// renew them do it: the same answers, and clients see the same certificates afterwards.
class CertificateSocketTest {
    private static final String FOLDER = "%FOLDER%";
    private static final String[] NAMES = {"a.example", "b.example", "c.example"};

    private static final String CONFIG = """
        global
            stats socket %FOLDER%/admin.sock mode 660 level admin
            stats socket %FOLDER%/user.sock level user
        defaults
            timeout client 10s
            timeout server 10s
            timeout connect 2s
        frontend web
            mode http
            bind 127.0.0.1:%PORT% ssl crt %FOLDER%/a.example.pem crt %FOLDER%/b.example.pem
            http-request return status 200
        frontend plain
            mode tcp
            bind 127.0.0.1:%PORT2% ssl crt %FOLDER%/a.example.pem
            default_backend web
        backend web
            mode tcp
            server one 127.0.0.1:%DEAD%
        """;

    /// `shown PORT NAME` looks whose certificate a client gets; `FILE <<NAME` gives that name's certificate and key,
    /// `FILE <<NAME.crt` and `FILE <<NAME.key` one of them.
    private static final List<String> STEPS = List.of(
            "shown 1 a.example",
            "show ssl cert",
            "show ssl cert %FOLDER%/a.example.pem",
            "show ssl cert zz",
            "set ssl cert",
            "set ssl cert zz",
            "set ssl cert %FOLDER%/zz.pem <<c.example",
            "commit ssl cert",
            "commit ssl cert %FOLDER%/a.example.pem",
            "abort ssl cert",
            "abort ssl cert %FOLDER%/a.example.pem",
            "set ssl cert %FOLDER%/a.example.pem <<c.example",
            "show ssl cert",
            "show ssl cert *%FOLDER%/a.example.pem",
            "show ssl cert *",
            "shown 1 a.example",
            "set ssl cert %FOLDER%/a.example.pem <<c.example",
            "commit ssl cert zz",
            "abort ssl cert zz",
            "commit ssl cert %FOLDER%/a.example.pem",
            "show ssl cert",
            "show ssl cert %FOLDER%/a.example.pem",
            "shown 1 c.example",
            "shown 1 b.example",
            "shown 1 other.example",
            "shown 2 a.example",
            "commit ssl cert %FOLDER%/a.example.pem",
            "set ssl cert %FOLDER%/b.example.pem <<a.example.crt",
            "commit ssl cert %FOLDER%/b.example.pem",
            "set ssl cert %FOLDER%/b.example.pem.key <<a.example.key",
            "shown 1 b.example",
            "commit ssl cert %FOLDER%/b.example.pem",
            "shown 1 b.example",
            "shown 1 a.example",
            "set ssl cert %FOLDER%/b.example.pem <<b.example",
            "abort ssl cert %FOLDER%/b.example.pem",
            "commit ssl cert %FOLDER%/b.example.pem",
            "user: set ssl cert %FOLDER%/a.example.pem <<a.example",
            "user: commit ssl cert %FOLDER%/a.example.pem",
            "user: abort ssl cert %FOLDER%/a.example.pem");

    @TempDir
    static Path scratch;

    @TestFactory
    Stream<DynamicTest> sameAsHaproxy() throws IOException {
        Balancer.assumeBoth();
        Keys.make(scratch, NAMES);
        return Operator.compare(CertificateSocketTest::answers);
    }

    private static Map<String, String> answers(Balancer.Kind kind) throws IOException {
        Path folder = Files.createDirectories(scratch.resolve(kind.name()));
        for (String name : NAMES) {
            Files.writeString(folder.resolve(name + ".pem"), pem(name));
        }
        Names names = Names.ofPorts(2).folder(FOLDER, folder);
        try (Operator operator = Operator.of(kind, folder, names.specialised(CONFIG), names.port(2))) {
            Map<String, String> answers = new LinkedHashMap<>();
            int number = 0;
            for (String step : STEPS) {
                String answer =
                        step.startsWith("shown ") ? shown(names, step) : operator.ask(payload(names.specialised(step)));
                answers.put(++number + " " + step, answer.replace(folder.toString(), FOLDER));
            }
            return answers;
        }
    }

    private static String payload(String command) throws IOException {
        int payload = command.indexOf("<<");
        return payload < 0 ? command : command.substring(0, payload + 2) + "\n" + pem(command.substring(payload + 2));
    }

    private static String pem(String name) throws IOException {
        boolean isOne = name.endsWith(".crt") || name.endsWith(".key");
        return isOne ? read(name) : read(name + ".crt") + read(name + ".key");
    }

    private static String read(String file) throws IOException {
        return Files.readString(scratch.resolve(file), StandardCharsets.US_ASCII);
    }

    private static String shown(Names names, String step) throws IOException {
        String[] words = step.split(" ", -1);
        int port = names.port(Integer.parseInt(words[1]));
        try (Socket plain = new Socket(InetAddress.getLoopbackAddress(), port);
                SSLSocket socket = (SSLSocket) AnyCertificate.context(new KeyManager[0])
                        .getSocketFactory()
                        .createSocket(plain, "localhost", port, true)) {
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setServerNames(List.of(new SNIHostName(words[2])));
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            X509Certificate leaf = (X509Certificate) socket.getSession().getPeerCertificates()[0];
            return leaf.getSubjectX500Principal().getName();
        }
    }
}
