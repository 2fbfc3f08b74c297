package dev.fairlead.engine.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MurmurHashTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource({"'', 0", "a, 2456313694", "ab, 446775395", "abc, 324500635", "abcd, 646393889", "hello, 3848350155"})
    void theHashIsMurmurHash2(String text, long expected) {
        assertThat(MurmurHash.of(text.getBytes(StandardCharsets.ISO_8859_1)) & 0xffff_ffffL)
                .isEqualTo(expected);
    }
}
