package dev.fairlead.cli.stack;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileKindTest {
    @Test
    void aFileWithAnHttpBlockIsAWholeNginxConfiguration() {
        assertThat(FileKind.of("web.txt", "# front\nworker_processes 2;\nevents { }\nhttp {\n server { }\n}\n"))
                .isEqualTo(FileKind.NGINX_MAIN);
    }

    @Test
    void aBraceOnTheNextLineMakesNoDifference() {
        assertThat(FileKind.of("a.conf", "http\n{\n}\n")).isEqualTo(FileKind.NGINX_MAIN);
        assertThat(FileKind.of("a.conf", "server\n{\n listen 80;\n}\n")).isEqualTo(FileKind.NGINX_SITE);
    }

    @Test
    void aServerOutsideAnyBraceIsASite() {
        assertThat(FileKind.of("site", "upstream app { server 127.0.0.1:1; }\nserver { listen 80; }\n"))
                .isEqualTo(FileKind.NGINX_SITE);
    }

    @Test
    void aSiteWithoutItsSemicolonsIsStillASite() {
        assertThat(FileKind.of("site.conf", "upstream app {\n  server 127.0.0.1:4001\n}\nserver {\n listen 80\n}\n"))
                .isEqualTo(FileKind.NGINX_SITE);
    }

    @Test
    void directivesWithoutAServerAreASnippet() {
        assertThat(FileKind.of("proxy_params", "proxy_set_header Host $host;\n"))
                .isEqualTo(FileKind.NGINX_SNIPPET);
    }

    @Test
    void unitsAreKnownByTheirNameOrTheirSections() {
        assertThat(FileKind.of("app@.service", "")).isEqualTo(FileKind.SYSTEMD_UNIT);
        assertThat(FileKind.of("app.txt", "[Unit]\nDescription=x\n\n[Service]\nExecStart=/bin/true\n"))
                .isEqualTo(FileKind.SYSTEMD_UNIT);
        assertThat(FileKind.of("app.mount", "[Mount]\n")).isEqualTo(FileKind.SYSTEMD_OTHER);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "haproxy.cfg|'global\n  daemon\ndefaults\n  mode http\nfrontend web\n  bind *:80\n'|HAPROXY",
                "pound.cfg|'User \"www\"\nListenHTTP\n  Address 0.0.0.0\n  Port 80\nEnd\n'|POUND",
                "stunnel.conf|'[https]\naccept = 443\nconnect = 80\n'|STUNNEL",
                "stunnel.conf|'pid =\ninclude = /etc/stunnel/conf.d\n'|STUNNEL",
                "app.conf|'description \"app\"\nstart on runlevel [2345]\nrespawn\nexec /usr/bin/app\n'|UPSTART",
                "notes.conf|'some words\nand more\n'|UNKNOWN",
            })
    void otherDialectsAreToldApart(String name, String text, FileKind kind) {
        assertThat(FileKind.of(name, text)).isEqualTo(kind);
    }
}
