package dev.fairlead.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.model.plan.PortMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PortsConverterTest {
    @Test
    void pairsAreReadInOrder() {
        assertThat(new PortsConverter().convert("80=8080,443=8443"))
                .isEqualTo(new PortMap(Map.of(80, 8080, 443, 8443)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "80|'80' is not FROM=TO, such as 80=8080",
                "http=8080|'http' is not a port",
                "80=70000|ports go from 0 to 65535, not 70000",
                "80=1,80=2|port 80 is moved twice",
            })
    void whatIsNoPairOfPortsIsRefused(String text, String message) {
        assertThatThrownBy(() -> new PortsConverter().convert(text)).hasMessage(message);
    }
}
