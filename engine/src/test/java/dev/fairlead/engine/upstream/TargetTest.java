package dev.fairlead.engine.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.model.http.Forward;
import dev.fairlead.model.net.Address;
import dev.fairlead.model.text.Attribute;
import dev.fairlead.model.text.Template;
import dev.fairlead.model.text.Variable;
import dev.fairlead.model.upstream.Balance;
import dev.fairlead.model.upstream.NameLookup;
import dev.fairlead.model.upstream.Upstream;
import dev.fairlead.source.Span;
import dev.fairlead.testkit.Peer;
import dev.fairlead.testkit.Wire;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TargetTest {
    private static final Span ORIGIN = Span.builtIn();
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
    private static final Forward.Resolver SYSTEM =
            new Forward.Resolver(Optional.empty(), NameLookup.Family.IPV4, ORIGIN);

    /// The URL is the query of the request.
    private static Proxy computed(List<Upstream> declared, Optional<Forward.Resolver> resolver) {
        Proxy proxy = Proxy.to();
        Template url = Template.of(new Variable.Builtin(Attribute.QUERY), ORIGIN);
        proxy.target = Optional.of(new Forward.Target.Computed(url, declared, Optional.empty(), resolver));
        proxy.path = new Forward.PathMapping.FromUrl();
        return proxy;
    }

    private static String asking(String url) {
        return "GET /asked?" + url + " HTTP/1.1\nHost: site\n\n";
    }

    @Test
    void computedAddressIsAskedForThePathOfTheUrl() {
        try (Peer peer = Peer.replying(OK);
                Proxy proxy = computed(List.of(), Optional.empty()).start();
                Wire wire = proxy.connect()) {
            String base = "http://127.0.0.1:" + peer.port();
            wire.send(asking(base + "/there?q=1")).expectStatus(200);
            wire.send(asking(base)).expectStatus(200);
            wire.send(asking(base + "?only")).expectStatus(200);
            assertThat(peer.requests().stream()
                            .map(received -> received.target())
                            .toList())
                    .containsExactly("/there?q=1", "/asked?" + base, "/?only");
            assertThat(peer.requests().getFirst().header("Host")).hasValue("127.0.0.1:" + peer.port());
        }
    }

    @Test
    void computedHostMayBeADeclaredUpstream() {
        try (Peer peer = Peer.replying(OK)) {
            Upstream pool = new Upstream(
                    "Pool",
                    List.of(new Upstream.Server(
                            new Address.Tcp("127.0.0.1", peer.port()),
                            1,
                            0,
                            1,
                            Duration.ofSeconds(10),
                            false,
                            false,
                            ORIGIN)),
                    new Balance.RoundRobin(),
                    Optional.of(new Upstream.IdlePool(4, 100, Duration.ofHours(1), Duration.ofSeconds(60))),
                    true,
                    ORIGIN);
            try (Proxy proxy = computed(List.of(pool), Optional.empty()).start();
                    Wire wire = proxy.connect()) {
                wire.send(asking("http://pool/x")).expectStatus(200);
                wire.send(asking("http://POOL/y")).expectStatus(200);
                assertThat(peer.connections()).isEqualTo(1);
            }
        }
    }

    @Test
    void hostNameNeedsAResolver() {
        try (Peer peer = Peer.replying(OK);
                Proxy without = computed(List.of(), Optional.empty()).start();
                Proxy with = computed(List.of(), Optional.of(SYSTEM)).start();
                Wire one = without.connect();
                Wire two = with.connect()) {
            String url = "http://localhost:" + peer.port() + "/x";
            one.send(asking(url)).expectStatus(502);
            assertThat(without.reports()).containsExactly("no resolver defined to resolve localhost");
            two.send(asking(url)).expectStatus(200);
            two.send(asking("http://nowhere.invalid/")).expectStatus(502);
            assertThat(with.reports().getLast()).isEqualTo("nowhere.invalid could not be resolved (3: Host not found)");
        }
    }

    @Test
    void whatIsNoUrlIsAServerError() {
        try (Proxy proxy = computed(List.of(), Optional.empty()).start();
                Wire wire = proxy.connect()) {
            wire.send(asking("ftp://x/")).expectStatus(500);
            assertThat(proxy.reports()).containsExactly("invalid URL prefix in \"ftp://x/\"");
        }
    }

    @Test
    void unknownHostOfAFixedUpstreamIsAProblemOfThePlan() {
        Proxy proxy = Proxy.to();
        proxy.add(new Upstream.Server(
                new Address.Tcp("nowhere.invalid", 80), 1, 0, 1, Duration.ofSeconds(10), false, false, ORIGIN));
        proxy.compile();
        assertThat(proxy.problems.render()).contains("host not found in upstream \"nowhere.invalid:80\"");
    }

    @Test
    void unixSocketsAreServersToo(@TempDir Path folder) throws IOException {
        Path socket = folder.resolve("app.sock");
        try (ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            listener.bind(UnixDomainSocketAddress.of(socket));
            Thread.ofVirtual().start(() -> answer(listener));
            Proxy proxy = Proxy.to();
            proxy.add(new Upstream.Server(
                    new Address.Unix(socket.toString()), 1, 0, 1, Duration.ofSeconds(10), false, false, ORIGIN));
            proxy.start();
            try (proxy;
                    Wire wire = proxy.connect()) {
                assertThat(wire.send(asking("")).reply().body()).isEqualTo("ok");
            }
        }
    }

    private static void answer(ServerSocketChannel listener) {
        try (SocketChannel channel = listener.accept()) {
            channel.read(ByteBuffer.allocate(4096));
            channel.write(ByteBuffer.wrap(OK.getBytes(StandardCharsets.ISO_8859_1)));
            channel.read(ByteBuffer.allocate(1));
        } catch (IOException closed) {
            return;
        }
    }

    @Test
    void missingUnixSocketIsACriticalMatter(@TempDir Path folder) {
        Proxy proxy = Proxy.to();
        String path = folder.resolve("none.sock").toString();
        proxy.add(new Upstream.Server(new Address.Unix(path), 1, 0, 1, Duration.ofSeconds(10), false, false, ORIGIN));
        proxy.start();
        try (proxy;
                Wire wire = proxy.connect()) {
            wire.send(asking("")).expectStatus(502);
            assertThat(proxy.reports().getFirst())
                    .isEqualTo("connect() to unix:" + path
                            + " failed (2: No such file or directory) while connecting to upstream");
        }
    }
}
