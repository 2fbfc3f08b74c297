package dev.fairlead.engine.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.http1.Answering;
import dev.fairlead.engine.http1.TestSettings;
import dev.fairlead.model.http.Action;
import dev.fairlead.model.http.HttpListener;
import dev.fairlead.model.http.HttpPlan;
import dev.fairlead.model.http.VirtualHost;
import dev.fairlead.model.net.Address;
import dev.fairlead.model.net.SocketOptions;
import dev.fairlead.model.plan.Plan;
import dev.fairlead.model.plan.RuntimeOptions;
import dev.fairlead.model.tls.TlsIdentity;
import dev.fairlead.model.tls.TlsServer;
import dev.fairlead.model.tls.TlsVersion;
import dev.fairlead.os.ListenOptions;
import dev.fairlead.os.ListeningSockets;
import dev.fairlead.source.Span;
import dev.fairlead.testkit.AnyCertificate;
import dev.fairlead.testkit.Deadline;
import dev.fairlead.testkit.Ports;
import dev.fairlead.testkit.Wire;
import dev.fairlead.time.Clock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineTest {
    private static final String GET = "GET / HTTP/1.1\nHost: a\n\n";
    private static final Address ANY_PORT = new Address.Tcp("127.0.0.1", 0);

    @TempDir
    Path folder;

    private static Engine start(Plan plan, Consumer<Exchange> answer) throws PlanRefused {
        return Engine.start(plan, EngineOptions.of(Clock.system()).loops(2), answering(answer));
    }

    private static PlanCompiler answering(Consumer<Exchange> answer) {
        Answering answering = new Answering(TestSettings.DEFAULTS, answer);
        return (plan, problems, shared, clock) -> listener -> answering;
    }

    private static Plan plan(HttpListener... listeners) {
        return new Plan(new HttpPlan(List.of(listeners), List.of(), 0, List.of()), RuntimeOptions.DEFAULT);
    }

    private static HttpListener plain(Address address) {
        return listener(address, false, host(Optional.empty()));
    }

    private static HttpListener listener(Address address, boolean tls, VirtualHost... hosts) {
        return new HttpListener(
                address, SocketOptions.DEFAULT, tls, false, false, List.of(hosts), hosts[0], Span.builtIn());
    }

    private static VirtualHost host(Optional<TlsServer> tls, String... names) {
        return new VirtualHost(
                List.of(names).stream()
                        .map(name -> (VirtualHost.ServerName) new VirtualHost.ServerName.Exact(name))
                        .toList(),
                tls,
                Answering.READING,
                List.of(),
                TestSettings.DEFAULTS,
                new Action.EmptyImage(Span.builtIn()),
                List.of(),
                Span.builtIn());
    }

    private static int port(Engine engine) {
        return engine.boundAddresses().values().stream()
                .map(address -> address instanceof Address.Tcp tcp ? tcp.port() : 0)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aReloadKeepsSocketsAndConnections() throws Exception {
        HttpListener first = plain(ANY_PORT);
        try (Engine engine = start(plan(first), Answering::hello);
                Wire wire = Wire.connect(port(engine))) {
            int port = port(engine);
            wire.send(GET).expectStatus(200);
            engine.reload(plan(first));
            assertThat(port(engine)).isEqualTo(port);
            wire.send(GET).expectStatus(200);
            assertThat(engine.status().generation()).isEqualTo(2);
            assertThat(engine.status().requests()).isEqualTo(2);
            assertThat(engine.status().connections()).isEqualTo(1);
        }
    }

    @Test
    void aRemovedListenerEndsItsConnections() throws Exception {
        try (Engine engine = start(plan(plain(ANY_PORT)), Answering::hello);
                Wire idle = Wire.connect(port(engine))) {
            idle.send(GET).expectStatus(200);
            engine.reload(Plan.EMPTY);
            idle.expectClosed();
            assertThat(engine.status().listeners()).isEmpty();
        }
    }

    /// What Linux refuses to bind side by side.
    @Test
    void everyAddressAndOneOfThemShareASocket() throws Exception {
        int port = Ports.free();
        Address every = new Address.Tcp("*", port);
        Address one = new Address.Tcp("127.0.0.2", port);
        PlanCompiler compiler = (plan, problems, shared, clock) -> listener -> new Answering(
                TestSettings.DEFAULTS,
                exchange -> Answering.text(exchange, listener.address().text()));
        try (Engine engine = Engine.start(
                plan(plain(every), plain(one)), EngineOptions.of(Clock.system()).loops(1), compiler)) {
            assertThat(engine.boundAddresses()).containsOnlyKeys(every);
            assertThat(answerAt("127.0.0.2", port)).endsWith(one.text());
            assertThat(answerAt("127.0.0.3", port)).endsWith(every.text());
        }
    }

    private static String answerAt(String host, int port) throws IOException {
        try (Socket client = new Socket(host, port)) {
            client.getOutputStream().write("GET / HTTP/1.0\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
            return new String(client.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    @Test
    void anAddressInUseChangesNothing() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Engine engine = start(plan(plain(ANY_PORT)), Answering::hello);
                Wire wire = Wire.connect(port(engine))) {
            Address busy = new Address.Tcp("127.0.0.1", taken.getLocalPort());
            assertThatThrownBy(() -> engine.reload(plan(plain(busy))))
                    .isInstanceOf(PlanRefused.class)
                    .hasMessageContaining(
                            "bind() to 127.0.0.1:" + taken.getLocalPort() + " failed (98: Address already in use)");
            wire.send(GET).expectStatus(200);
            assertThat(engine.status().generation()).isEqualTo(1);
        }
    }

    @Test
    void drainingLetsRequestsEndAndClosesIdleConnections() throws Exception {
        try (Engine engine = start(plan(plain(ANY_PORT)), Answering::hello);
                Wire idle = Wire.connect(port(engine))) {
            idle.send(GET).expectStatus(200);
            try (Wire busy = Wire.connect(port(engine))) {
                busy.send(GET).expectStatus(200).sendRaw("GET / HT");
                Deadline.inSeconds(60).await("a request that is being read", () -> engine.reading() == 1);
                engine.stopAccepting();
                assertThat(engine.drain(Duration.ofMillis(50))).isFalse();
                idle.expectClosed();
                busy.sendRaw("TP/1.1\r\nHost: a\r\n\r\n");
                assertThat(busy.reply("GET").header("Connection")).contains("close");
            }
            assertThat(engine.drain(Duration.ofSeconds(60))).isTrue();
        }
    }

    @Test
    void inheritedSocketsAreTakenOver() throws Exception {
        int descriptor = ListeningSockets.inet(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), ListenOptions.DEFAULT);
        int port = ListeningSockets.localAddress(descriptor).getPort();
        Plan plan = plan(plain(new Address.Tcp("127.0.0.1", port)));
        EngineOptions options =
                EngineOptions.of(Clock.system()).loops(1).inherited(Map.of("127.0.0.1:" + port, descriptor));
        try (Engine engine = Engine.start(plan, options, answering(Answering::hello));
                Wire wire = Wire.connect(port)) {
            wire.send(GET).expectStatus(200);
            assertThat(engine.listeningDescriptors()).containsEntry("127.0.0.1:" + port, descriptor);
        }
    }

    @Test
    void unixSocketsAreServedAndTheirFilesRemoved() throws Exception {
        Path path = folder.resolve("web.sock");
        try (Engine engine = start(plan(plain(new Address.Unix(path.toString()))), Answering::hello)) {
            assertThat(engine.status().listeners()).hasSize(1);
            try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
                channel.write(ByteBuffer.wrap("GET / HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1)));
                ByteBuffer head = ByteBuffer.allocate(12);
                int count = 0;
                while (head.hasRemaining() && count >= 0) {
                    count = channel.read(head);
                }
                assertThat(new String(head.array(), StandardCharsets.ISO_8859_1))
                        .isEqualTo("HTTP/1.1 200");
            }
        }
        assertThat(Files.exists(path)).isFalse();
    }

    // TLS

    private TlsServer tls(String... names) {
        Certificates certificates = new Certificates(folder);
        return tls(
                Optional.empty(),
                List.of(names).stream()
                        .map(name -> certificates.identity(name + ".pem", name + ".key"))
                        .toList());
    }

    private static TlsServer tls(Optional<TlsIdentity.ClientAuth> auth, List<TlsIdentity> identities) {
        return new TlsServer(
                identities,
                Set.of(TlsVersion.TLS_1_2, TlsVersion.TLS_1_3),
                Optional.of("HIGH:!aNULL:!MD5"),
                List.of(),
                1000,
                Duration.ofMinutes(5),
                true,
                List.of(),
                auth,
                false,
                Span.builtIn());
    }

    private static SSLSocket connect(int port, String name, String... protocols) throws IOException {
        SSLSocket socket =
                (SSLSocket) AnyCertificate.context().getSocketFactory().createSocket("127.0.0.1", port);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setServerNames(List.of(new SNIHostName(name)));
        if (protocols.length > 0) {
            parameters.setProtocols(protocols);
        }
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    @Test
    void theServerNameChoosesTheCertificate() throws Exception {
        Certificates certificates = new Certificates(folder);
        certificates.rsa("one.example");
        certificates.ec("two.example", "prime256v1");
        HttpListener listener = listener(
                ANY_PORT,
                true,
                host(Optional.of(tls("one.example")), "one.example"),
                host(Optional.of(tls("two.example")), "two.example"));
        try (Engine engine = start(
                plan(listener),
                exchange -> Answering.text(
                        exchange,
                        exchange.connection().tlsServerName() + " "
                                + exchange.connection()
                                        .tlsSession()
                                        .orElseThrow()
                                        .getProtocol()))) {
            for (String protocol : List.of("TLSv1.2", "TLSv1.3")) {
                for (String name : List.of("one.example", "two.example", "other.example")) {
                    SSLSocket socket = connect(port(engine), name, protocol);
                    X509Certificate shown =
                            (X509Certificate) socket.getSession().getPeerCertificates()[0];
                    String expected = name.startsWith("two") ? "CN=two.example" : "CN=one.example";
                    assertThat(shown.getSubjectX500Principal().getName()).isEqualTo(expected);
                    try (Wire wire = Wire.over(socket)) {
                        assertThat(wire.send(GET).reply().body()).isEqualTo(name + " " + protocol);
                        wire.send(GET).expectStatus(200);
                    }
                }
            }
        }
    }

    @Test
    void severalKindsOfKeyAreOfferedForOneHost() throws Exception {
        Certificates certificates = new Certificates(folder);
        certificates.rsa("rsa.example");
        certificates.ec("ec.example", "prime256v1");
        HttpListener listener =
                listener(ANY_PORT, true, host(Optional.of(tls("rsa.example", "ec.example")), "both.example"));
        try (Engine engine = start(plan(listener), Answering::hello)) {
            for (String protocol : List.of("TLSv1.2", "TLSv1.3")) {
                try (Wire wire = Wire.over(connect(port(engine), "both.example", protocol))) {
                    wire.send(GET).expectStatus(200);
                }
            }
        }
    }

    @Test
    void plainRequestsToATlsListenerAreRefused() throws Exception {
        new Certificates(folder).rsa("one.example");
        HttpListener listener = listener(ANY_PORT, true, host(Optional.of(tls("one.example"))));
        try (Engine engine = start(plan(listener), Answering::hello);
                Wire wire = Wire.connect(port(engine))) {
            wire.send(GET).expectStatus(497).expectClosed();
        }
    }

    @Test
    void clientsWithoutTheCertificateThatIsRequiredAreRefused() throws Exception {
        Certificates certificates = new Certificates(folder);
        certificates.rsa("one.example");
        TlsIdentity identity = certificates.identity("one.example.pem", "one.example.key");
        TlsIdentity.ClientAuth auth = new TlsIdentity.ClientAuth(
                TlsIdentity.ClientAuth.Mode.REQUIRED,
                Optional.of(certificates.path("one.example.pem")),
                Optional.empty(),
                Optional.empty(),
                1,
                Span.builtIn());
        HttpListener listener = listener(ANY_PORT, true, host(Optional.of(tls(Optional.of(auth), List.of(identity)))));
        try (Engine engine = start(plan(listener), Answering::hello);
                Wire wire = Wire.over(connect(port(engine), "one.example"))) {
            wire.send(GET).expectStatus(496);
        }
    }

    @Test
    void keysInEveryFormAreRead() throws Exception {
        Certificates certificates = new Certificates(folder);
        certificates.rsa("rsa.example");
        certificates.ec("ec.example", "secp384r1");
        certificates.convert("rsa.example.key", "rsa.pkcs1", "rsa", "-traditional");
        certificates.convert("ec.example.key", "ec.sec1", "ec");
        certificates.convert("rsa.example.key", "rsa.old", "rsa", "-traditional", "-aes128", "-passout", "pass:secret");
        certificates.convert(
                "rsa.example.key", "rsa.locked", "pkcs8", "-topk8", "-v2", "aes-256-cbc", "-passout", "pass:secret");
        Path passwords = Files.writeString(folder.resolve("passwords"), "wrong\nsecret\n");
        Map<String, String> keys = Map.of(
                "rsa.pkcs1", "rsa.example.pem",
                "ec.sec1", "ec.example.pem",
                "rsa.old", "rsa.example.pem",
                "rsa.locked", "rsa.example.pem");
        for (Map.Entry<String, String> entry : keys.entrySet()) {
            TlsIdentity identity = certificates.identity(entry.getValue(), entry.getKey(), passwords.toString());
            HttpListener listener =
                    listener(ANY_PORT, true, host(Optional.of(tls(Optional.empty(), List.of(identity)))));
            try (Engine engine = start(plan(listener), Answering::hello);
                    Wire wire = Wire.over(connect(port(engine), "x.example"))) {
                wire.send(GET).expectStatus(200);
            }
        }
    }

    @Test
    void certificatesThatCannotBeReadAreAllNamed() throws Exception {
        Certificates certificates = new Certificates(folder);
        certificates.rsa("one.example", "two.example");
        TlsIdentity mixed = certificates.identity("one.example.pem", "two.example.key");
        HttpListener listener = listener(
                ANY_PORT,
                true,
                host(Optional.of(tls("missing"))),
                host(Optional.of(tls(Optional.empty(), List.of(mixed)))));
        assertThatThrownBy(() -> start(plan(listener), Answering::hello))
                .isInstanceOf(PlanRefused.class)
                .hasMessageContaining("missing.pem\": no such file")
                .hasMessageContaining("key values mismatch");
    }
}
