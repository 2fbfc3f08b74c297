package dev.fairlead.source;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SourceFileTest {
    @Test
    void linesAndColumnsCountFromOne() {
        SourceFile file = new SourceFile("f", "ab\ncd\r\n\nx");
        assertThat(file.span(0, 1)).hasToString("f:1:1");
        assertThat(file.span(4, 5)).hasToString("f:2:2");
        assertThat(file.span(7, 7)).hasToString("f:3:1");
        assertThat(file.end()).hasToString("f:4:2");
    }

    @Test
    void aLineIsGivenWithoutItsLineBreak() {
        SourceFile file = new SourceFile("f", "ab\ncd\r\n\nx");
        assertThat(file.line(1)).isEqualTo("ab");
        assertThat(file.line(2)).isEqualTo("cd");
        assertThat(file.line(3)).isEmpty();
        assertThat(file.line(4)).isEqualTo("x");
        assertThat(file.line(5)).isEmpty();
    }

    @Test
    void thousandsOfLinesKeepTheirNumbers() {
        SourceFile file = new SourceFile("f", "x\n".repeat(5_000));
        assertThat(file.span(2 * 4_321, 2 * 4_321 + 1).line()).isEqualTo(4_322);
    }

    @Test
    void whereAValueStoodDoesNotChangeWhatItIs() {
        SourceFile file = new SourceFile("f", "abc");
        assertThat(file.span(0, 1)).isEqualTo(file.span(1, 3)).hasSameHashCodeAs(Span.builtIn());
    }
}
