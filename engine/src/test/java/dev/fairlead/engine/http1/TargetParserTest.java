package dev.fairlead.engine.http1;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.engine.http.RequestTarget;
import dev.fairlead.model.http.HeadReading;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetParserTest {
    private static @Nullable RequestTarget parse(String target, boolean mergeSlashes) {
        byte[] bytes = target.getBytes(StandardCharsets.ISO_8859_1);
        return TargetParser.parse(
                bytes, 0, bytes.length, new HeadReading(Duration.ZERO, 0, 0, 0, false, false, mergeSlashes));
    }

    private static RequestTarget sound(String target) {
        return sound(target, true);
    }

    private static RequestTarget sound(String target, boolean mergeSlashes) {
        RequestTarget parsed = parse(target, mergeSlashes);
        if (parsed == null) {
            throw new AssertionError("refused: " + target);
        }
        return parsed;
    }

    @ParameterizedTest
    @CsvSource({
        "/, /",
        "/a/b, /a/b",
        "/a//b, /a/b",
        "//a, /a",
        "/a/./b, /a/b",
        "/a/., /a/",
        "/a/.., /",
        "/a/../b, /b",
        "/a/b/../../c, /c",
        "/a/b/.., /a/",
        "/%41, /A",
        "/%2e%2e/a, REFUSED",
        "/a/%2e%2e/b, /b",
        "/a%2Fb, /a/b",
        "/a%2f..%2fb, /b",
        "/a/.hidden, /a/.hidden",
        "/a/..b, /a/..b",
        "/a/...,/a/...",
        "/%25, /%",
        "/%2541, /%41",
        "/a%3Fb, /a?b",
        "/a%23b, /a#b",
        "/a#b, /a",
        "/a+b, /a+b",
        "/a?x=..//..%zz, /a",
        "/.., REFUSED",
        "/../a, REFUSED",
        "/a/../../b, REFUSED",
        "/%00, REFUSED",
        "/a%, REFUSED",
        "/a%4, REFUSED",
        "/%zz, REFUSED",
        "a, REFUSED",
        "?a, REFUSED",
    })
    void pathsAreBroughtIntoNormalForm(String target, String path) {
        RequestTarget parsed = parse(target, true);
        assertThat(parsed == null ? "REFUSED" : parsed.path()).isEqualTo(path);
    }

    @Test
    void slashesStayWhereTheyAreNotMerged() {
        assertThat(sound("//a///b/../c", false).path()).isEqualTo("//a///c");
    }

    @Test
    void theQueryIsKeptAsItCame() {
        RequestTarget parsed = sound("/a%20b?x=%20&y=?#z");
        assertThat(parsed.path()).isEqualTo("/a b");
        assertThat(parsed.query()).isEqualTo("x=%20&y=?");
        assertThat(parsed.rawPathAndQuery()).isEqualTo("/a%20b?x=%20&y=?#z");
        assertThat(parsed.plain()).isFalse();
    }

    @Test
    void absoluteTargetsAreTakenApart() {
        RequestTarget parsed = sound("HTTP://Shop.example:8080/a?b");
        assertThat(parsed.authority()).isEqualTo("Shop.example:8080");
        assertThat(parsed.path()).isEqualTo("/a");
        assertThat(parsed.query()).isEqualTo("b");
        assertThat(parsed.rawPathAndQuery()).isEqualTo("/a?b");
        assertThat(sound("http://shop.example").path()).isEqualTo("/");
        assertThat(sound("http://shop.example?x").query()).isEqualTo("x");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://", "http:///a", "http:/a", "ftp://a/b", "http://u@h/", "/a\u0001", "/a\u007f", "*a"})
    void targetsOfNoKnownFormAreRefused(String target) {
        assertThat(parse(target, true)).isNull();
    }
}
