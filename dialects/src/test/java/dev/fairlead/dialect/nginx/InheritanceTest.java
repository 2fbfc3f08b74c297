package dev.fairlead.dialect.nginx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.dialect.PathResolver;
import dev.fairlead.model.http.Action;
import dev.fairlead.model.http.FileServing;
import dev.fairlead.model.http.Forward;
import dev.fairlead.model.http.HttpPlan;
import dev.fairlead.model.http.Location;
import dev.fairlead.model.http.ResponseHeaders;
import dev.fairlead.model.http.Rule;
import dev.fairlead.model.http.VirtualHost;
import dev.fairlead.model.tls.TlsVersion;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InheritanceTest {
    @Test
    void anAddedFieldReplacesAllInheritedOnes() {
        VirtualHost host = Conf.host("""
                add_header A 1;
                server {
                    location / { }
                    location /own { add_header B 2; }
                }
                """);

        assertThat(names(host.locations().get(0))).containsExactly("A");
        assertThat(names(host.locations().get(1))).containsExactly("B");
    }

    private static List<String> names(Location location) {
        return location.settings().responseHeaders().additions().stream()
                .map(ResponseHeaders.Addition::name)
                .toList();
    }

    @Test
    void groupsWithoutOwnSettingsAreTheSameObject() {
        VirtualHost host = Conf.host("gzip on; server { location / { } location /own { gzip off; } }");

        assertThat(host.locations().get(0).settings().compression())
                .isSameAs(host.settings().compression());
        assertThat(host.locations().get(1).settings().compression().enabled()).isFalse();
        assertThat(host.locations().get(1).settings().connection())
                .isSameAs(host.settings().connection());
    }

    @Test
    void tryFilesHoldInTheirOwnPlaceOnly() {
        Location location = Conf.location(
                "try_files /a =404; location / { try_files $uri =404; location /in { } if ($arg_x) { } }");

        assertThat(location.settings().files().tryFiles()).isPresent();
        assertThat(location.nested().getFirst().settings().files().tryFiles()).isEmpty();
        Rule.When when = (Rule.When) location.rules().getFirst();
        assertThat(when.enter().orElseThrow().settings().files().tryFiles()).isEmpty();
    }

    @Test
    void anAliasKeepsThePrefixOfTheLocationThatSetIt() {
        Location location = Conf.location("location /a/ { alias /srv/; location /a/b/ { } if ($arg_x) { } }");

        FileServing.Place inNested =
                location.nested().getFirst().settings().files().place();
        assertThat(inNested)
                .isInstanceOfSatisfying(
                        FileServing.Place.Alias.class,
                        alias -> assertThat(alias.prefix()).contains("/a/"));
    }

    @Test
    void insideAnIfTheOuterProxyAnswers() {
        Location location =
                Conf.location("location / { proxy_pass http://127.0.0.1:1; if ($arg_x) { add_header A 1; } }");

        Rule.When when = (Rule.When) location.rules().getFirst();
        assertThat(when.enter().orElseThrow().action()).isSameAs(location.action());
        assertThat(names(when.enter().orElseThrow())).containsExactly("A");
    }

    @Test
    void setsOfWordsGivenTwiceAtALevelAddUp() {
        VirtualHost host =
                Conf.host("server { ssl_protocols TLSv1.2; ssl_protocols TLSv1.3; ssl_reject_handshake on; }");

        assertThat(host.tls().orElseThrow().versions())
                .containsExactlyInAnyOrder(TlsVersion.TLS_1_2, TlsVersion.TLS_1_3);
    }

    @Test
    void nestedLocationsDoNotInheritTheProxy() {
        Location location = Conf.location("location / { proxy_pass http://127.0.0.1:1; location /in { } }");

        assertThat(location.nested().getFirst().action()).isInstanceOf(Action.ServeFiles.class);
    }

    @Test
    void setHeadersComeFirstReplaceInheritedOnesAndKeepTheDefaultsOfOtherNames() {
        HttpPlan plan = Conf.plan(Conf.http("""
                proxy_set_header X-Outer 1;
                server { location / { proxy_pass http://127.0.0.1:1; proxy_set_header host a; } }
                """));
        Action action =
                plan.listeners().getFirst().defaultHost().locations().getFirst().action();

        List<String> fields = ((Action.ForwardTo) action)
                .forward().request().fields().stream()
                        .map(Forward.FieldAssignment::name)
                        .toList();
        assertThat(fields).containsExactly("host", "Connection", "TE", "Keep-Alive", "Expect", "Upgrade");
    }

    @Test
    void theWholeConfigurationLiesBelowTheRootItIsGiven() {
        Map<String, String> files = Map.of(
                "/srv/stack/etc/nginx/nginx.conf", "events { } http { include /etc/nginx/conf.d/*.conf; }",
                "/srv/stack/etc/nginx/conf.d/a.conf", """
                        server {
                            listen unix:/run/web.sock;
                            root /var/www;
                            location /a/ { alias /srv/a/; }
                            location / { proxy_pass http://unix:/run/app.sock; }
                        }
                        """);
        Compiled compiled = NginxDialect.compile(
                Path.of("/srv/stack/etc/nginx/nginx.conf"),
                Conf.options(files).withPaths(PathResolver.below("/srv/stack")));

        VirtualHost host = Conf.plan(compiled).listeners().getFirst().defaultHost();
        assertThat(Conf.plan(compiled).listeners().getFirst().address().text())
                .isEqualTo("unix:/srv/stack/run/web.sock");
        assertThat(host.settings().files().place().folder().constantText()).isEqualTo("/srv/stack/var/www");
        assertThat(host.locations()
                        .getFirst()
                        .settings()
                        .files()
                        .place()
                        .folder()
                        .constantText())
                .isEqualTo("/srv/stack/srv/a/");
        assertThat(compiled.sources()).hasSize(2);
    }

    @Test
    void severalFragmentsAreOneConfiguration() {
        Map<String, String> files = Map.of(
                "/x/a.conf", "upstream app { server 127.0.0.1:1; }",
                "/x/b.conf", "server { listen 81; location / { proxy_pass http://app; } }");
        Compiled compiled = NginxDialect.compileFragments(
                Path.of("/x"), List.of(Path.of("/x/a.conf"), Path.of("/x/b.conf")), Conf.options(files));

        assertThat(Conf.plan(compiled).upstreams()).singleElement().satisfies(upstream -> {
            assertThat(upstream.name()).isEqualTo("app");
            assertThat(upstream.declared()).isTrue();
        });
    }

    @Test
    void aVariableMayBeDeclaredBelowItsUse() {
        HttpPlan plan = Conf.plan(Conf.http("server { return 200 $later; } map $uri $later { default x; }"));

        assertThat(plan.lookups()).hasSize(1);
    }

    @Test
    void tablesThatNeedEachOtherAreRefused() {
        Compiled compiled = Conf.http("map $b $a { default $b; } map $a $b { default $a; } server { return 200 $a; }");

        assertThat(Conf.errors(compiled)).anyMatch(message -> message.startsWith("cycle while evaluating variable"));
    }

    @Test
    void globalsFromTheCommandLineAreReadFirst() {
        String text = "daemon on; events { } http { }";
        Compiled compiled = NginxDialect.compile(
                Path.of(Conf.PATH), Conf.options(Map.of(Conf.PATH, text)).withGlobals(List.of("daemon off;")));

        assertThat(Conf.errors(compiled)).containsExactly("\"daemon\" directive is duplicate");
    }

    @Test
    void aServerWithoutListenIsOnPort80ForRootOnly() {
        NginxOptions options = Conf.options(Map.of(Conf.PATH, "events { } http { server { } }"));

        HttpPlan root = Conf.plan(NginxDialect.compile(Path.of(Conf.PATH), options));
        HttpPlan other = Conf.plan(NginxDialect.compile(Path.of(Conf.PATH), options.withSuperuser(false)));
        assertThat(root.listeners().getFirst().address().text()).isEqualTo("*:80");
        assertThat(other.listeners().getFirst().address().text()).isEqualTo("*:8000");
    }
}
