package dev.fairlead.engine.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinesTest {
    private static String text(LineBuffer buffer) {
        return new String(buffer.copy(), StandardCharsets.ISO_8859_1);
    }

    private static String escaped(Escape escape, String value) {
        LineBuffer out = new LineBuffer();
        escape.append(value, out);
        return text(out);
    }

    @Test
    void byDefaultWhatCouldForgeALineIsWrittenAsCodes() {
        assertThat(escaped(Escape.HEXADECIMAL, "a\"b\\c\n\u007f\u00e4 ~")).isEqualTo("a\\x22b\\x5Cc\\x0A\\x7F\\xE4 ~");
    }

    @Test
    void jsonIsEscapedAsInStrings() {
        assertThat(escaped(Escape.JSON, "a\"b\\\n\r\t\u0001\u001f\u00e4"))
                .isEqualTo("a\\\"b\\\\\\n\\r\\t\\u0001\\u001F\u00e4");
    }

    @Test
    void withoutEscapingBytesStayAsTheyAre() {
        assertThat(escaped(Escape.NONE, "a\"\\")).isEqualTo("a\"\\");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 9, 10, 12345, Long.MAX_VALUE})
    void numbersAreDecimal(long number) {
        LineBuffer out = new LineBuffer();
        out.append(number);
        assertThat(text(out)).isEqualTo(Long.toString(number));
    }

    @Test
    void secondsHaveThreePlaces() {
        LineBuffer out = new LineBuffer();
        out.appendSeconds(1005);
        out.append((byte) ' ');
        out.appendSeconds(7);
        assertThat(text(out)).isEqualTo("1.005 0.007");
    }
}
