package dev.fairlead.dialect.haproxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.dialect.FileSource;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What stands in brackets on the lines of `crt-list`.
class CertificateListTest {
    private static final String LIST = "/etc/haproxy/list.txt";
    private static final String FILE = "/etc/haproxy/haproxy.cfg";

    @Test
    void aLineThatAsksForCertificatesIsRefusedWhereItsBindDoesNot() {
        assertThat(rules("", "a.pem [verify required ca-file ca.pem] a.example"))
                .containsExactly("haproxy.refused", "haproxy.refused");
    }

    @Test
    void aLineThatAsksAsItsBindDoesIsTaken() {
        assertThat(rules("verify required ca-file ca.pem", "a.pem [verify required ca-file ca.pem] a.example"))
                .isEmpty();
    }

    @Test
    void aLineThatAsksLessThanItsBindIsRefused() {
        assertThat(rules("verify required ca-file ca.pem", "a.pem [verify none]"))
                .containsExactly("haproxy.refused");
    }

    @Test
    void whatOnlyTunesIsWarnedOfUnlessItsBindSaysSo() {
        assertThat(rules("alpn http/1.1", "a.pem [alpn http/1.1 ssl-max-ver TLSv1.2]\nb.pem [ alpn http/1.1 ] b"))
                .containsExactly("haproxy.without-effect");
    }

    @Test
    void whatLeavesOutVersionsOrCiphersThatItsBindSpeaksIsRefused() {
        assertThat(rules("", "a.pem [ssl-min-ver TLSv1.3]")).containsExactly("haproxy.refused");
        assertThat(rules("", "a.pem [ciphers ECDHE-RSA-AES256-GCM-SHA384]")).containsExactly("haproxy.refused");
        assertThat(rules("ssl-min-ver TLSv1.3", "a.pem [ssl-min-ver TLSv1.3]")).isEmpty();
        assertThat(rules("ssl-min-ver TLSv1.3", "a.pem [ssl-min-ver TLSv1.2]"))
                .containsExactly("haproxy.without-effect");
    }

    @Test
    void http2ThatIsOfferedIsWarnedOf() {
        assertThat(rules("alpn h2,http/1.1", "a.pem")).containsExactly("haproxy.without-effect");
    }

    private static List<String> rules(String bind, String list) {
        String text = """
                defaults
                    mode http
                    timeout client 5s
                    timeout connect 5s
                    timeout server 5s
                frontend www
                    bind :443 ssl crt-list /etc/haproxy/list.txt %s
                    http-request return status 200
                """.formatted(bind);
        Compiled compiled = HaproxyDialect.compile(
                List.of(Path.of(FILE)),
                HaproxyOptions.plain().withFiles(FileSource.of(Map.of(FILE, text, LIST, list))));
        return compiled.diagnostics().stream().map(found -> found.rule()).toList();
    }
}
