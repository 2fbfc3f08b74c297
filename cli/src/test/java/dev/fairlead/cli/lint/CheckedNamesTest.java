package dev.fairlead.cli.lint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.cli.lint.CheckRun.Format;
import dev.fairlead.cli.lint.CheckRun.Names;
import dev.fairlead.cli.stack.Sources;
import dev.fairlead.cli.stack.StackReader;
import dev.fairlead.engine.generation.Engine;
import dev.fairlead.engine.generation.HostTrial;
import dev.fairlead.engine.generation.PlanRefused;
import dev.fairlead.model.plan.Plan;
import dev.fairlead.model.plan.PortMap;
import dev.fairlead.source.Diagnostic;
import dev.fairlead.source.Problems;
import dev.fairlead.time.Clock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Which names `fairlead check` looks up, and what it says of those that nobody knows.
class CheckedNamesTest {
    private static final String NGINX = """
            upstream app {
                server 127.0.0.1:4000;
                server nobody.invalid:4000 down;
            }
            server {
                listen 127.0.0.1:8099;
                location / { proxy_pass http://app; }
                location /direct { proxy_pass http://noone.invalid; }
                location /computed { proxy_pass http://$host.invalid; }
            }
            """;
    private static final String HAPROXY = """
            defaults
                mode http
                timeout connect 5s
                timeout client 5s
                timeout server 5s
            resolvers dns
                nameserver one 127.0.0.1:53
            frontend web
                bind 127.0.0.1:8099
                default_backend app
            backend app
                server one %s
            """;

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    @TempDir
    private Path folder = Path.of("");

    @Test
    void namesOfNginxAreLookedUpAsAtAStart() throws IOException {
        Files.writeString(folder.resolve("site.conf"), NGINX);
        assertThat(run(Names.LOOKED_UP)).isEqualTo(1);
        assertThat(said())
                .contains(
                        "site.conf:3:5: error: host not found in upstream \"nobody.invalid:4000\"",
                        "    server nobody.invalid:4000 down;\n",
                        "hint: names of upstream servers are looked up",
                        "site.conf:8:35: error: host not found in upstream \"noone.invalid:80\"",
                        "2 errors, 3 warnings")
                .doesNotContain("in upstream \"$host");
        assertThat(tried()).containsExactlyInAnyOrderElementsOf(started());
    }

    @Test
    void soAreThoseThatAreListenedAt() throws IOException {
        Files.writeString(folder.resolve("site.conf"), "server {\n    listen nowhere.invalid:8099;\n}\n");
        assertThat(run(Names.LOOKED_UP)).isEqualTo(1);
        assertThat(said())
                .contains(
                        "site.conf:2:5: error: host not found in \"nowhere.invalid:8099\"",
                        "hint: an address of this machine");
        assertThat(tried()).containsExactlyElementsOf(started());
    }

    @Test
    void namesAreLeftWhereThatIsWanted() throws IOException {
        Files.writeString(folder.resolve("site.conf"), NGINX);
        assertThat(run(Names.LEFT)).isZero();
        assertThat(said()).doesNotContain("host not found");
    }

    @ParameterizedTest(name = "server one {0}")
    @ValueSource(
            strings = {
                "nobody.invalid:80",
                "nobody.invalid:80 init-addr libc",
                "nobody.invalid:80 init-addr last",
                "nobody.invalid:80 resolvers dns init-addr last,libc",
                "127.0.0.1:80 check addr nobody.invalid",
                "127.0.0.1:80 agent-check agent-port 81 agent-addr nobody.invalid"
            })
    void aNameThatHaproxyNeedsAtItsStartIsAnErrorOfBoth(String server) throws IOException {
        Files.writeString(folder.resolve("haproxy.cfg"), HAPROXY.formatted(server));
        assertThat(tried()).hasSize(1).containsExactlyElementsOf(started());
        assertThat(run(Names.LOOKED_UP)).isEqualTo(1);
        assertThat(said()).contains("haproxy.cfg:12:", "error: host not found", "server one", "hint: ", "1 error");
    }

    @ParameterizedTest(name = "server one {0}")
    @ValueSource(
            strings = {
                "nobody.invalid:80 init-addr none",
                "nobody.invalid:80 init-addr last,libc,none",
                "nobody.invalid:80 init-addr libc,127.0.0.1",
                "nobody.invalid:80 resolvers dns"
            })
    void oneThatItStartsWithoutIsNone(String server) throws IOException {
        Files.writeString(folder.resolve("haproxy.cfg"), HAPROXY.formatted(server));
        assertThat(tried()).isEmpty();
        Engine.test(plan(), Clock.system());
    }

    @Test
    void oneThatStunnelLooksUpAgainIsToldOfAndKeepsNothingFromStarting() throws IOException {
        Files.writeString(
                folder.resolve("stunnel.conf"),
                "[mail]\nclient = yes\naccept = 127.0.0.1:2525\nconnect = nobody.invalid:465\n");
        assertThat(run(Names.LOOKED_UP)).isZero();
        assertThat(said())
                .contains(
                        "stunnel.conf:4:1: warning: host not found: \"nobody.invalid\"; it is looked up again",
                        "hint: is the name");
    }

    /// What keeps it from starting, each once.
    private List<String> started() {
        Plan plan = plan();
        PlanRefused[] refused = new PlanRefused[1];
        assertThatThrownBy(() -> Engine.test(plan, Clock.system()))
                .isInstanceOfSatisfying(PlanRefused.class, thrown -> refused[0] = thrown);
        return refused[0].problems().all().stream()
                .map(Diagnostic::render)
                .distinct()
                .toList();
    }

    private List<String> tried() {
        Problems problems = new Problems();
        HostTrial.of(plan(), problems);
        return problems.all().stream().map(Diagnostic::render).toList();
    }

    private Plan plan() {
        return new StackReader(Sources.of(folder), PortMap.NONE)
                .written()
                .plan()
                .orElseThrow();
    }

    private int run(Names names) {
        StackReader reader = new StackReader(Sources.of(folder), PortMap.NONE);
        PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
        return new CheckRun(reader, names, Clock.system(), out, out).show(Format.TEXT);
    }

    private String said() {
        return said.toString(StandardCharsets.UTF_8);
    }
}
