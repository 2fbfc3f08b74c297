package dev.fairlead.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {
    private final FileSource files = FileSource.of(Map.of(
            "/etc/nginx/conf.d/b.conf", "",
            "/etc/nginx/conf.d/a.conf", "",
            "/etc/nginx/conf.d/.hidden.conf", "",
            "/etc/nginx/conf.d/a.conf.bak", "",
            "/etc/nginx/sites/one/site.conf", "",
            "/etc/nginx/sites/two/site.conf", ""));

    @Test
    void matchesAreSortedAndHiddenFilesLeftOut() {
        assertThat(Glob.expand("/etc/nginx/conf.d/*.conf", files))
                .containsExactly(Path.of("/etc/nginx/conf.d/a.conf"), Path.of("/etc/nginx/conf.d/b.conf"));
    }

    @Test
    void foldersMayBePatternsToo() {
        assertThat(Glob.expand("/etc/nginx/sites/*/site.conf", files)).hasSize(2);
        assertThat(Glob.expand("/etc/nginx/sites/t?o/*", files)).hasSize(1);
        assertThat(Glob.expand("/nowhere/*", files)).isEmpty();
    }

    @ParameterizedTest(name = "{0} matches {1}: {2}")
    @CsvSource({
        "*,a,true",
        "*,.a,false",
        ".*,.a,true",
        "a*c,abc,true",
        "a*c,ac,true",
        "a*c,abd,false",
        "[ab].c,a.c,true",
        "[!ab].c,a.c,false",
        "[a-f]x,cx,true",
        "[a-f]x,gx,false",
        "?.conf,a.conf,true",
        "?.conf,ab.conf,false"
    })
    void partsMatchAsInTheShell(String pattern, String name, boolean matches) {
        assertThat(Glob.matches(pattern, name)).isEqualTo(matches);
    }
}
