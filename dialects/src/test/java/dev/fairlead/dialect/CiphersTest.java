package dev.fairlead.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.source.Diagnostic;
import dev.fairlead.source.Problems;
import dev.fairlead.source.SourceFile;
import dev.fairlead.source.Span;
import java.util.List;
import org.junit.jupiter.api.Test;

class CiphersTest {
    private static final Span AT = new SourceFile("site.conf", "ssl_ciphers list;").span(12, 16);

    private static List<String> told(String list) {
        Problems problems = new Problems();
        for (int uses = 0; uses < 2; uses++) {
            Ciphers.look(list, AT, "nginx.ciphers", "no cipher match", problems);
        }
        return problems.all().stream().map(CiphersTest::shown).toList();
    }

    private static String shown(Diagnostic told) {
        return told.severity() + " " + told.message();
    }

    @Test
    void whatMatchesIsNotSpokenOf() {
        assertThat(told("ECDH+AESGCM:DH+AESGCM:!aNULL")).isEmpty();
    }

    @Test
    void whatNobodyKnowsIsRefusedOnce() {
        assertThat(told("NOPE")).containsExactly("ERROR no cipher match");
    }

    @Test
    void whatOthersHaveLeavesTheNewestVersion() {
        assertThat(told("DHE-RSA-AES256-GCM-SHA384"))
                .containsExactly(
                        "WARNING none of these ciphers is here: TLS 1.3 alone can be spoken, with ciphers of its own");
    }
}
