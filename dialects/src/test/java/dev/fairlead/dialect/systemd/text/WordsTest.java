package dev.fairlead.dialect.systemd.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.dialect.systemd.UnitText;
import dev.fairlead.dialect.systemd.setting.KeyTable;
import dev.fairlead.source.Problems;
import dev.fairlead.source.SourceFile;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordsTest {
    @ParameterizedTest(name = "{0} → {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "one two   three                | [one, two, three]",
                "\"one two\" three              | [one two, three]",
                "'one \"two\"' three            | [one \"two\", three]",
                "a\"b c\"d e                    | [ab cd, e]",
                "it''s                          | [its]",
                "\\x41\\102\\s\\u00e9           | [AB é]",
                "\\xc3\\xa9                     | [é]",
                "'' x                           | [, x]",
                "\"a\\\"b\"                     | [a\"b]",
                "a\\tb                          | [a\tb]",
            })
    void wordsAreSplitAsSystemdDoes(String written, String words) {
        Problems problems = new Problems();
        assertThat(split(written, problems)).hasToString(words);
        assertThat(problems.all()).isEmpty();
    }

    @Test
    void unknownEscapeStaysAndIsReported() {
        Problems problems = new Problems();
        assertThat(split("a \\q b", problems)).containsExactly("a", "\\q", "b");
        assertThat(problems.render()).contains("Ignoring unknown escape sequences: \"\\q\"");
    }

    @Test
    void openQuoteEndsTheListAndIsReported() {
        Problems problems = new Problems();
        assertThat(split("a \"b c", problems)).containsExactly("a");
        assertThat(problems.render()).contains("Unbalanced quoting");
    }

    private static List<String> split(String written, Problems problems) {
        SourceFile file = new SourceFile("test.service", "[Service]\nExecStart=" + written);
        Value value =
                UnitText.read(file, KeyTable.SECTIONS, problems).getFirst().value();
        return Words.quoted(value).all(problems).stream().map(Words.Word::text).toList();
    }
}
