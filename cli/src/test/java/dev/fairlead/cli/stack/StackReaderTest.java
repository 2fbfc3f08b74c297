package dev.fairlead.cli.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.cli.run.LogFiles;
import dev.fairlead.model.http.HttpListener;
import dev.fairlead.model.net.Address;
import dev.fairlead.model.plan.Detour;
import dev.fairlead.model.plan.Link;
import dev.fairlead.model.plan.PortMap;
import dev.fairlead.model.service.Unit;
import dev.fairlead.source.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StackReaderTest {
    private static final String HAPROXY = """
            defaults
                mode http
                timeout client 5s
                timeout server 5s
                timeout connect 5s
            frontend www
                bind 127.0.0.1:8000
                default_backend app
            backend app
                server one 127.0.0.1:8080
            """;

    @TempDir
    private Path folder = Path.of("");

    @Test
    void aProductionTreeRunsBelowItsFolderAndOnOtherPorts() throws IOException {
        file("etc/nginx/conf.d/app.conf", """
                server {
                    listen 80;
                    root /srv/app;
                    access_log /var/log/nginx/app.log;
                }
                """);
        file("etc/systemd/system/app@.service", "[Service]\nExecStart=/bin/sleep %i\n");
        file("etc/systemd/system/multi-user.target.wants/app@5.service", "[Service]\nExecStart=/bin/sleep 5\n");
        CompiledStack stack = new StackReader(Sources.of(folder), new PortMap(Map.of(80, 8080))).read();
        assertThat(stack.complaints(Severity.WARNING)).isEmpty();
        assertThat(stack.plan().orElseThrow().http().listeners())
                .extracting(HttpListener::address)
                .containsExactly(new Address.Tcp("*", 8080));
        assertThat(LogFiles.of(stack.plan().orElseThrow())).containsExactly(folder.resolve("var/log/nginx/app.log"));
        assertThat(stack.units().units()).extracting(Unit::name).contains("app@5.service");
        LogFiles.makeFolders(stack.plan().orElseThrow(), folder);
        assertThat(folder.resolve("var/log/nginx")).isDirectory();
    }

    @Test
    void aLinkOfTheAdministratorEnablesAUnitThatAPackageBrought() throws IOException {
        file("lib/systemd/system/helper@.service", "[Service]\nExecStart=/bin/sleep %i\n");
        file("lib/systemd/system/other.service", "[Service]\nExecStart=/bin/sleep 5\n");
        Path wants = Files.createDirectories(folder.resolve("etc/systemd/system/multi-user.target.wants"));
        Files.createSymbolicLink(wants.resolve("helper@4.service"), Path.of("/lib/systemd/system/helper@.service"));
        CompiledStack stack = new StackReader(Sources.of(folder), PortMap.NONE).read();
        assertThat(stack.complaints(Severity.WARNING)).isEmpty();
        assertThat(stack.units().enabled()).containsExactly("helper@4.service");
    }

    @Test
    void anOwnerOfASocketWhoIsNotThereIsToldBefore() throws IOException {
        file("etc/systemd/system/app.service", "[Service]\nExecStart=/bin/sleep 5\n");
        file(
                "etc/systemd/system/app.socket",
                "[Socket]\nListenStream=/run/app.sock\nSocketUser=no-such-user\nSocketGroup=no-such-group\n");
        CompiledStack stack = new StackReader(Sources.of(folder), PortMap.NONE).read();
        assertThat(stack.isBroken()).isFalse();
        assertThat(stack.complaints(Severity.WARNING))
                .contains("app.socket:3:1: warning: there is no user no-such-user [service.user]")
                .contains("app.socket:4:1: warning: there is no group no-such-group [service.group]");
    }

    @Test
    void everyProblemOfEveryFileIsShownAtOnce() throws IOException {
        file("a.conf", "server {\n    lisen 80;\n}\n");
        file("b.conf", "server {\n    listen 80\n    server_name x;\n}\n");
        CompiledStack stack = new StackReader(Sources.of(folder), PortMap.NONE).read();
        assertThat(stack.isBroken()).isTrue();
        assertThat(stack.complaints(Severity.ERROR)).contains("a.conf:2:5", "b.conf:2:");
        assertThat(stack.verdict()).startsWith("2 errors");
    }

    @Test
    void twoConfigurationsThatWantOneAddressAreBothNamed() throws IOException {
        file("nginx.conf", "events { }\nhttp { server { listen 80; } }\n");
        file("haproxy.cfg", HAPROXY.replace("127.0.0.1:8000", "*:80"));
        CompiledStack stack = new StackReader(
                        Sources.of(folder.resolve("nginx.conf"), folder.resolve("haproxy.cfg")), PortMap.NONE)
                .read();
        assertThat(stack.isBroken()).isTrue();
        assertThat(stack.complaints(Severity.ERROR))
                .contains("*:80 is listened on by", "haproxy.cfg:7", "nginx.conf:2");
    }

    @Test
    void anAddressOfAHostIsTakenByWhoListensEverywhere() throws IOException {
        file("nginx.conf", "events { }\nhttp { server { listen 80; } }\n");
        file("stunnel.conf", "[a]\nclient = yes\naccept = 127.0.0.1:80\nconnect = 1\n");
        CompiledStack stack = new StackReader(
                        Sources.of(folder.resolve("nginx.conf"), folder.resolve("stunnel.conf")), PortMap.NONE)
                .read();
        assertThat(stack.complaints(Severity.ERROR))
                .contains("127.0.0.1:80 is listened on by", "already: *:80", "stunnel.conf:3", "nginx.conf:2");
    }

    @Test
    void portsThatAreMovedToOnePlaceAreBothNamed() throws IOException {
        file("nginx.conf", "events { }\nhttp { server { listen 8080; return 204; } }\n");
        file("haproxy.cfg", HAPROXY.replace("127.0.0.1:8000", "*:80"));
        Sources both = Sources.of(folder.resolve("nginx.conf"), folder.resolve("haproxy.cfg"));
        assertThat(new StackReader(both, new PortMap(Map.of(80, 8080))).read().complaints(Severity.ERROR))
                .contains("*:8080 (moved from *:80) is listened on by", "haproxy.cfg:7", "nginx.conf:2", "--ports");
        assertThat(new StackReader(both, new PortMap(Map.of(80, 8080, 8080, 80)))
                        .read()
                        .complaints(Severity.ERROR))
                .isEmpty();
    }

    @Test
    void aSocketToAListenerThatIsMovedGoesWhereItIs() throws IOException {
        file("nginx.conf", "events { }\nhttp { server { listen 8080; return 204; } }\n");
        file("haproxy.cfg", HAPROXY);
        CompiledStack stack = new StackReader(
                        Sources.of(folder.resolve("nginx.conf"), folder.resolve("haproxy.cfg")),
                        new PortMap(Map.of(8080, 9999)),
                        false,
                        false)
                .read();
        assertThat(stack.plan().orElseThrow().detours())
                .containsExactly(new Detour(new Address.Tcp("127.0.0.1", 8080), 9999));
    }

    @Test
    void aHopFromHaproxyToNginxNeedsNoSocket() throws IOException {
        file("nginx.conf", "events { }\nhttp { server { listen 8080; return 204; } }\n");
        file("haproxy.cfg", HAPROXY);
        CompiledStack stack = new StackReader(
                        Sources.of(folder.resolve("nginx.conf"), folder.resolve("haproxy.cfg")), PortMap.NONE)
                .read();
        assertThat(stack.complaints(Severity.WARNING)).isEmpty();
        assertThat(stack.plan().orElseThrow().links())
                .extracting(Link::listener)
                .containsExactly(new Address.Tcp("*", 8080));
    }

    @Test
    void hopsInsideNeedNoSocketUnlessThatIsAskedFor() throws IOException {
        file("a.conf", """
                server { listen 80; location / { proxy_pass http://127.0.0.1:5000; } }
                server { listen 5000; return 204; }
                """);
        PortMap ports = new PortMap(Map.of(5000, 15000));
        assertThat(new StackReader(Sources.of(folder), ports, true, false)
                        .read()
                        .plan()
                        .orElseThrow()
                        .links())
                .extracting(Link::listener)
                .containsExactly(new Address.Tcp("*", 15000));
        assertThat(new StackReader(Sources.of(folder), ports, false, false)
                        .read()
                        .plan()
                        .orElseThrow()
                        .links())
                .isEmpty();
    }

    @Test
    void filesThatAreNotThereAreAProblem() {
        CompiledStack stack = new StackReader(Sources.of(folder.resolve("missing")), PortMap.NONE).read();
        assertThat(stack.isBroken()).isTrue();
        assertThat(stack.verdict()).isEqualTo("1 error");
    }

    private void file(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
