package dev.fairlead.conformance.stunnel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.cli.stack.CompiledStack;
import dev.fairlead.cli.stack.FileKind;
import dev.fairlead.cli.stack.Sources;
import dev.fairlead.cli.stack.StackReader;
import dev.fairlead.engine.generation.Engine;
import dev.fairlead.engine.generation.PlanRefused;
import dev.fairlead.model.plan.Plan;
import dev.fairlead.model.plan.PortMap;
import dev.fairlead.source.Severity;
import dev.fairlead.testkit.Ports;
import dev.fairlead.time.Clock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// stunnel in front of nginx in one stack: clients see the same with the hop fused and over sockets.
final class LinkedStunnelTest {
    private static final String NGINX = """
            events { }
            http {
                access_log off;
                server {
                    listen 127.0.0.1:{B};
                    location / { return 200 "$request_uri from $remote_addr over $scheme\\n"; }
                    location /form { proxy_pass http://127.0.0.1:{plain}; }
                }
                server {
                    listen 127.0.0.1:{C} proxy_protocol;
                    set_real_ip_from 127.0.0.1;
                    real_ip_header proxy_protocol;
                    location / { return 200 "told of $remote_addr, $proxy_protocol_addr\\n"; }
                }
            }
            """;
    private static final String STUNNEL = """
            cert = {certs}/server-all.pem
            [https]
            accept = 127.0.0.1:{A}
            connect = 127.0.0.1:{B}
            [told]
            accept = 127.0.0.1:{D}
            connect = 127.0.0.1:{C}
            protocol = proxy
            [inner]
            client = yes
            accept = 127.0.0.1:{E}
            connect = 127.0.0.1:{A}
            """;

    @TempDir
    Path folder;

    private final Map<String, Integer> ports = new TreeMap<>();
    private Certs certs;

    @BeforeEach
    void write() throws IOException {
        Path keys = Files.createDirectory(folder.resolve("keys"));
        certs = Certs.make(keys);
        for (String name : List.of("A", "B", "C", "D", "E")) {
            ports.put(name, Ports.free());
        }
        Files.writeString(folder.resolve("nginx.conf"), filled(NGINX));
        Files.writeString(folder.resolve("stunnel.conf"), filled(STUNNEL));
    }

    private String filled(String text) {
        String filled =
                text.replace("{certs}", folder.resolve("keys").toString()).replace("{plain}", "9");
        for (Map.Entry<String, Integer> port : ports.entrySet()) {
            filled = filled.replace("{" + port.getKey() + "}", port.getValue().toString());
        }
        return filled;
    }

    private Plan read(boolean isLinked) {
        Sources sources = new Sources(
                List.of(),
                Map.of(
                        FileKind.NGINX_MAIN, List.of(folder.resolve("nginx.conf")),
                        FileKind.STUNNEL, List.of(folder.resolve("stunnel.conf"))),
                Optional.empty());
        CompiledStack stack = new StackReader(sources, PortMap.NONE, isLinked, false).read();
        return stack.plan().orElseThrow(() -> new AssertionError(stack.complaints(Severity.WARNING)));
    }

    private String visit(Plan plan) throws PlanRefused {
        StringBuilder seen = new StringBuilder();
        try (Engine engine = Engine.start(plan, Clock.system())) {
            assertThat(engine.status().hops()).hasSameSizeAs(plan.links());
            for (String request : List.of("/", "/a/b?c=d", "/form")) {
                seen.append(tls("A", request)).append('\n');
            }
            seen.append(tls("D", "/")).append('\n');
            seen.append(tls("A", "/")).append('\n');
            seen.append(Client.plain(ports.getOrDefault("E", 0), get("/through")))
                    .append('\n');
        }
        return seen.toString().replaceAll("Date: [^|\r]*", "Date: X");
    }

    private static String get(String path) {
        return "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    }

    private String tls(String port, String path) {
        return Client.tls(ports.getOrDefault(port, 0), Tls.context(certs, ""), "", get(path));
    }

    @Test
    void clientsSeeTheSameWithAndWithoutSockets() throws PlanRefused {
        Plan linked = read(true);
        Plan apart = read(false);
        assertThat(linked.links()).hasSize(2);
        assertThat(apart.links()).isEmpty();
        String fused = visit(linked);
        assertThat(fused).isEqualTo(visit(apart));
        assertThat(fused)
                .contains("/a/b?c=d from 127.0.0.1 over http")
                .contains("told of 127.0.0.1, 127.0.0.1")
                .contains("502 Bad Gateway")
                .contains("/through from 127.0.0.1");
    }
}
