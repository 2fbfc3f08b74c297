package dev.fairlead.engine.text.value;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValuesOfRequestsTest {
    @ParameterizedTest(name = "{1} in {0} is {2}")
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                "a=1&b=2 | a | 1",
                "a=1&b=2 | b | 2",
                "a=1&a=2 | a | 1",
                "A=1 | a | 1",
                "aa=1 | a | none",
                "a | a | none",
                "a&a=2 | a | 2",
                "a= | a | ''",
                "b=a=1 | a | none",
                "a=%20 | a | %20",
                "'' | a | none",
            })
    void argumentsAreTheFirstOfTheirNameAsReceived(String query, String name, String expected) {
        assertThat(QueryArguments.find(query, name)).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{1} in {0} is {2}")
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                "a=1; b=2 | a | 1",
                "a=1; b=2 | b | 2",
                "a=1;b=2 | b | 2",
                "aa=1; a=2 | a | 2",
                "A = x | a | x",
                "a | a | none",
                "ba=1 | a | none",
                "a=1, b=2 | b | 2",
                "a= | a | ''",
            })
    void cookiesAreReadAsNginxReadsThem(String field, String name, String expected) {
        assertThat(FieldValues.cookieIn(field, name)).isEqualTo(expected);
    }
}
