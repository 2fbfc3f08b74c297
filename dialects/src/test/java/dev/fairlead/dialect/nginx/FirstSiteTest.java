package dev.fairlead.dialect.nginx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.dialect.FileSource;
import dev.fairlead.model.http.Action;
import dev.fairlead.model.http.Forward;
import dev.fairlead.model.http.HttpListener;
import dev.fairlead.model.http.HttpPlan;
import dev.fairlead.model.net.Address;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class FirstSiteTest {
    private static final String SITE = """
            upstream nethelper {
                server 127.0.0.1:4001;
                server 127.0.0.1:4002;
                server 127.0.0.1:4003;
            }

            server {
                listen 80 default_server;
                server_name _;

                location / {
                    proxy_pass http://nethelper;
                    proxy_set_header Host $host;
               }
            }
            """;

    private static Compiled compile(String text) {
        return NginxDialect.compile(Path.of("/site.conf"), Conf.options(Map.of("/site.conf", text)));
    }

    @Test
    void aSiteThatStandsAloneGetsHttpAroundIt() {
        HttpPlan plan = Conf.plan(compile(SITE));

        HttpListener listener = plan.listeners().getFirst();
        assertThat(listener.address()).isEqualTo(new Address.Tcp("*", 80));
        Action action = listener.defaultHost().locations().getFirst().action();
        assertThat(action).isInstanceOfSatisfying(Action.ForwardTo.class, to -> {
            assertThat(to.forward().target()).isInstanceOfSatisfying(Forward.Target.Fixed.class, fixed -> {
                assertThat(fixed.upstream().servers()).hasSize(3);
                assertThat(fixed.hostText()).isEqualTo("nethelper");
            });
        });
        assertThat(listener.defaultHost().settings().files().types()).containsEntry("svg", "image/svg+xml");
    }

    @Test
    void eachLineWithoutItsSemicolonIsNamed() {
        String text = SITE.replace("4001;", "4001").replace("4002;", "4002").replace("4003;", "4003");

        Compiled compiled = compile(text);

        assertThat(compiled.plan()).isEmpty();
        assertThat(Conf.render(compiled.diagnostics())).isEqualTo("""
                /site.conf:2:26: error: directive "server" is not terminated by ";" [nginx.unterminated]
                        server 127.0.0.1:4001
                                             ^
                  hint: put ";" at the end of this line

                /site.conf:3:26: error: directive "server" is not terminated by ";" [nginx.unterminated]
                        server 127.0.0.1:4002
                                             ^
                  hint: put ";" at the end of this line

                /site.conf:4:26: error: directive "server" is not terminated by ";" [nginx.unterminated]
                        server 127.0.0.1:4003
                                             ^
                  hint: put ";" at the end of this line""");
    }

    @Test
    void debiansStockConfigurationCompilesWithoutWarning() {
        Path stock = Path.of("/etc/nginx/nginx.conf");
        Assumptions.assumeTrue(Files.exists(stock), "nginx is not installed");

        Compiled compiled = NginxDialect.compile(stock, NginxOptions.debian().withFiles(FileSource.disk()));

        assertThat(compiled.errors()).isEmpty();
        assertThat(compiled.diagnostics())
                .noneMatch(diagnostic -> diagnostic.severity() == dev.fairlead.source.Severity.WARNING);
    }
}
