package dev.fairlead.engine.match;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.model.text.NumberRange;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumberSetTest {
    @ParameterizedTest(name = "{0} is in: {1}")
    @CsvSource({"0, false", "1, true", "5, true", "6, false", "7, true", "9, true", "15, true", "99, false", "100, true"
    })
    void aNumberIsInOneOfTheRanges(long number, boolean expected) {
        NumberSet set = NumberSet.of(List.of(
                new NumberRange(100, Long.MAX_VALUE),
                new NumberRange(7, 9),
                new NumberRange(1, 5),
                new NumberRange(8, 15),
                new NumberRange(50, 40)));
        assertThat(set.contains(number)).isEqualTo(expected);
    }

    @Test
    void whatIsNoNumberIsInNoRange() {
        NumberSet all = NumberSet.of(List.of(new NumberRange(Long.MIN_VALUE, Long.MAX_VALUE)));
        assertThat(all.contains(NumberSet.NO_NUMBER)).isFalse();
        assertThat(all.contains(-5)).isTrue();
    }

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource(
            nullValues = "none",
            value = {
                "0, 0",
                "-12, -12",
                "+7, 7",
                "9223372036854775807, 9223372036854775807",
                "9223372036854775808, none",
                "'', none",
                "-, none",
                "1a, none",
                "' 1', none"
            })
    void onlyWholeDecimalNumbersAreNumbers(String text, @Nullable Long expected) {
        long number = expected == null ? NumberSet.NO_NUMBER : expected;
        assertThat(NumberSet.parse(text)).isEqualTo(number);
    }

    @ParameterizedTest(name = "{0} begins with {1}")
    @CsvSource(
            nullValues = "none",
            value = {
                "12abc, 12",
                "abc, 0",
                "-, 0",
                "' 5', 0",
                "+5, 5",
                "-5x, -5",
                "99999999999999999999, 9223372036854775807",
                "'', none",
                "0x10, 0"
            })
    void aTextBeginsWithANumber(String text, @Nullable Long expected) {
        long number = expected == null ? NumberSet.NO_NUMBER : expected;
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        assertThat(NumberSet.leading(bytes, 0, bytes.length)).isEqualTo(number);
        assertThat(NumberSet.leading(text)).isEqualTo(number);
    }
}
