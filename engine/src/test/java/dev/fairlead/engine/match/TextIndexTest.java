package dev.fairlead.engine.match;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.model.text.TextSet.How;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TextIndexTest {
    private static int find(TextIndex index, String value) {
        // With something around it, that must not be looked at.
        byte[] bytes = ("x" + value + "y").getBytes(StandardCharsets.UTF_8);
        return index.find(bytes, 1, bytes.length - 1);
    }

    @ParameterizedTest(name = "{0} {1} of {2} is number {3}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "EXACT | /b | /a,/b,/b | 1",
                "EXACT | /B | /a,/b | -1",
                "EXACT | \"\" | /a | -1",
                "PREFIX | /img/x | /,/img,/img/y | 1",
                "PREFIX | /img/y | /,/img,/img/y | 2",
                "PREFIX | /im | /,/img | 0",
                "PREFIX | im | /,/img | -1",
                "PREFIX | b | a,c | -1",
                "SUFFIX | /a/b.tar.gz | .gz,.tar.gz,.zip | 1",
                "SUFFIX | gz | .gz | -1",
                "SUBSTRING | /a/admin/b | x,/admin,admin | 1",
                "SUBSTRING | abcabd | abd,bca | 0",
                "SUBSTRING | abcab | abd,bcb | -1",
                "SUBSTRING | aaab | aab | 0",
                "DIRECTORY | /a/admin/b | admin | 0",
                "DIRECTORY | /a/admins/b | admin | -1",
                "DIRECTORY | /a/b/c?x | b/c | 0",
                "DIRECTORY | /a/b/cd | b/c | -1",
                "DIRECTORY | /a/b/c | /b/ | 0",
                "DIRECTORY | a.b/c | b | -1",
                "DOMAIN | www.shop.example:80 | shop.example | 0",
                "DOMAIN | www.myshop.example | shop | -1",
                "DOMAIN | http://shop/ | shop | 0",
                "DOMAIN | shop | / | -1",
            })
    void aTextFitsAsTheSetSays(How how, String value, String texts, int expected) {
        TextIndex index = TextIndex.of(how, false, Arrays.asList(texts.split(",")));
        assertThat(find(index, value)).isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource(How.class)
    void caseDoesNotMatterWhereTheSetSaysSo(How how) {
        assertThat(find(TextIndex.of(how, true, List.of("AbZ")), "aBz")).isZero();
        assertThat(find(TextIndex.of(how, false, List.of("AbZ")), "aBz")).isEqualTo(TextIndex.NONE);
        assertThat(find(TextIndex.of(how, true, List.of("[")), "{")).isEqualTo(TextIndex.NONE);
    }

    @ParameterizedTest
    @EnumSource(How.class)
    void anEmptySetFitsNothing(How how) {
        assertThat(find(TextIndex.of(how, false, List.of()), "")).isEqualTo(TextIndex.NONE);
        assertThat(find(TextIndex.of(how, false, List.of()), "/a")).isEqualTo(TextIndex.NONE);
    }

    @Test
    void bytesBeyondAsciiAreComparedAsTheyAre() {
        assertThat(find(TextIndex.of(How.PREFIX, true, List.of("/caf\u00e9")), "/caf\u00e9/x"))
                .isZero();
    }

    @ParameterizedTest
    @EnumSource(How.class)
    void manyTextsAreFoundAsOneByOne(How how) {
        Random random = new Random(7);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            texts.add(word(random, 1 + random.nextInt(7)));
        }
        TextIndex index = TextIndex.of(how, false, texts);
        for (int i = 0; i < 300; i++) {
            String value = word(random, random.nextInt(12));
            assertThat(find(index, value)).as(value).isEqualTo(oneByOne(how, texts, value));
        }
    }

    private static String word(Random random, int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append("abcdefghij/.".charAt(random.nextInt(12)));
        }
        return text.toString();
    }

    private static int oneByOne(How how, List<String> texts, String value) {
        int best = TextIndex.NONE;
        for (int i = texts.size() - 1; i >= 0; i--) {
            String text = texts.get(i);
            boolean fits = fits(how, text, value);
            boolean isLongest = how != How.PREFIX && how != How.SUFFIX;
            if (fits
                    && (best < 0
                            || isLongest
                            || text.length() >= texts.get(best).length())) {
                best = i;
            }
        }
        return best;
    }

    private static boolean fits(How how, String text, String value) {
        return switch (how) {
            case EXACT -> value.equals(text);
            case PREFIX -> value.startsWith(text);
            case SUFFIX -> value.endsWith(text);
            case SUBSTRING -> value.contains(text);
            case DIRECTORY -> hasWords(value, text, "[/?]");
            case DOMAIN -> hasWords(value, text, "[/?.:]");
        };
    }

    private static boolean hasWords(String value, String text, String delimiter) {
        String trimmed = text.replaceAll("^" + delimiter + "+|" + delimiter + "+$", "");
        return !trimmed.isEmpty()
                && String.format(Locale.ROOT, "/%s/", value)
                        .matches("(?s).*" + delimiter + Pattern.quote(trimmed) + delimiter + ".*");
    }
}
