package dev.fairlead.conformance.explain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.cli.explain.Asked;
import dev.fairlead.cli.explain.Explanation;
import dev.fairlead.conformance.cases.Upstreams;
import dev.fairlead.model.plan.PortMap;
import dev.fairlead.model.status.UpstreamStatus;
import dev.fairlead.testkit.Deadline;
import dev.fairlead.testkit.Reply;
import dev.fairlead.testkit.Wire;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Which server is next is told as things are at this moment, and asking changes nothing.
class LiveServersTest {
    private static final String CONFIG = """
            frontend www
             bind 127.0.0.1:%PORT%
             default_backend app
            backend app
             option httpchk GET /health
             timeout check 30s
             default-server inter 200ms fall 5
             server gone 127.0.0.1:%DEAD% check
             server one 127.0.0.1:%UP1% check
             server two 127.0.0.1:%UP2% check weight 2
            """;

    private static final String REMEMBERING = """
            defaults
             mode http
             timeout connect 2s
             timeout client 5s
             timeout server 5s
            frontend www
             bind 127.0.0.1:%PORT%
             stick-table type ip size 10 store gpc0
             http-request track-sc0 src
             http-request sc-inc-gpc0(0)
             http-request deny deny_status 429 if { sc0_get_gpc0 gt 5 }
             default_backend app
            backend app
             stick-table type ip size 10
             stick on src
             server one 127.0.0.1:%UP1%
             server two 127.0.0.1:%UP2%
            """;

    private static final String LIMITED = """
            limit_req_zone $binary_remote_addr zone=slow:1m rate=1r/m;
            server {
                listen 127.0.0.1:%PORT%;
                limit_req zone=slow burst=1 nodelay;
                limit_req_status 429;
                location / { proxy_pass http://127.0.0.1:%UP1%; }
            }
            """;

    @TempDir
    Path scratch;

    @Test
    void requestsThatCameBeforeCountForLimits() throws IOException {
        try (Upstreams upstreams = new Upstreams(Map.of());
                InProcess server = new InProcess("nginx", scratch, scratch, LIMITED, upstreams)) {
            for (int i = 0; i < 2; i++) {
                assertThat(told(server)).contains("1 are tolerated\"", "\"server\" : ");
                assertThat(reply(server).status()).isEqualTo(200);
            }
            assertThat(told(server)).contains("1 are tolerated: too many\"", "\"status\" : 429");
            assertThat(reply(server).status()).isEqualTo(429);
        }
    }

    @Test
    void theServerThatIsToldGetsTheRequest() throws IOException {
        try (Upstreams upstreams = new Upstreams(Map.of());
                InProcess server = new InProcess("haproxy", scratch, scratch, CONFIG, upstreams)) {
            Deadline.inSeconds(60).await("the checks", () -> states(server).equals("failing available available"));
            for (int i = 0; i < 7; i++) {
                String told = told(server);
                assertThat(told(server)).isEqualTo(told);
                assertThat(told).contains("\"server\" : \"127.0.0.1:%UP");
                assertThat(answeredBy(server))
                        .isEqualTo(told.contains("\"server\" : \"127.0.0.1:%UP1%\"") ? "up1" : "up2");
            }
        }
    }

    @Test
    void serversThatAreRememberedAndCountersAreThoseOfTheRunningProgram() throws IOException {
        try (Upstreams upstreams = new Upstreams(Map.of());
                InProcess server = new InProcess("haproxy", scratch, scratch, REMEMBERING, upstreams)) {
            String bound = answeredBy(server);
            for (int i = 0; i < 4; i++) {
                assertThat(told(server))
                        .contains(bound.equals("up1") ? "127.0.0.1:%UP1%: next" : "127.0.0.1:%UP2%: next");
                assertThat(answeredBy(server)).isEqualTo(bound);
            }
            assertThat(told(server)).contains("\"status\" : 429");
            assertThat(reply(server).status()).isEqualTo(429);
        }
    }

    private static String states(InProcess server) {
        List<String> states = server.engine().status().upstreams().stream()
                .flatMap(upstream -> upstream.servers().stream())
                .filter(one -> one.check().isPresent())
                .map(UpstreamStatus.Server::state)
                .map(UpstreamStatus.State::word)
                .toList();
        return String.join(" ", states);
    }

    private static String told(InProcess server) {
        Asked asked = Asked.of("GET", "http://127.0.0.1:" + server.port(1) + "/", List.of(), "127.0.0.1")
                .orElseThrow();
        String told = Explanation.of(asked, server.stack(), PortMap.NONE, server.engine()::explainer, true)
                .text();
        return server.generalised(told);
    }

    private static String answeredBy(InProcess server) {
        return reply(server).body().contains("up1") ? "up1" : "up2";
    }

    private static Reply reply(InProcess server) {
        try (Wire wire = Wire.connect(server.port(1))) {
            wire.send("GET / HTTP/1.1\nHost: localhost\nConnection: close\n\n");
            return wire.reply();
        }
    }
}
