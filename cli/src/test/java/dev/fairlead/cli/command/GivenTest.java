package dev.fairlead.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.model.plan.PortMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GivenTest {
    private static final List<OptionRow> ROWS = List.of(
            OptionRow.flag("--follow", "-f", "goes on"),
            OptionRow.valued("--lines", "-n", "N", "how many"),
            OptionRow.valued("--root", "", "DIR", "where"));

    @Test
    void optionsMayStandAnywhere() throws UsageFault {
        Given given = Given.read(List.of("a", "-f", "b", "--lines", "5"), ROWS);
        assertThat(given.words()).containsExactly("a", "b");
        assertThat(given.has("--follow")).isTrue();
        assertThat(given.value("--lines")).contains("5");
    }

    @Test
    void lettersMayBeRunTogetherWithAValueAtTheEnd() throws UsageFault {
        assertThat(Given.read(List.of("-fn20"), ROWS).value("--lines")).contains("20");
        assertThat(Given.read(List.of("-fn", "30"), ROWS).value("--lines")).contains("30");
    }

    @Test
    void aValueMayFollowAnEqualsSign() throws UsageFault {
        assertThat(Given.read(List.of("--root=/a=b"), ROWS).value("--root")).contains("/a=b");
    }

    @Test
    void everythingBehindTwoDashesIsAWord() throws UsageFault {
        assertThat(Given.read(List.of("--", "-f", "--root"), ROWS).words()).containsExactly("-f", "--root");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--rot x|unknown option --rot; did you mean --root?",
                "--root|--root needs a value: DIR",
                "-x|unknown option -x",
                "--follow=1|--follow takes no value",
            })
    void whatIsNotUnderstoodIsSaid(String line, String message) {
        assertThatThrownBy(() -> Given.read(List.of(line.split(" ")), ROWS)).hasMessage(message);
    }

    @Test
    void portsAreReadFromAllTexts() throws UsageFault {
        assertThat(Ports.parse(List.of("80=8080,443=8443", "81=0")))
                .isEqualTo(new PortMap(Map.of(80, 8080, 443, 8443, 81, 0)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "80|\"80\" is not FROM=TO, such as 80=8080",
                "http=8080|\"http\" is not a port",
                "80=70000|ports go from 0 to 65535, not 70000",
                "'80=1,80=2'|port 80 is moved twice",
            })
    void whatIsNoPairOfPortsIsRefused(String text, String message) {
        assertThatThrownBy(() -> Ports.parse(List.of(text))).hasMessage(message);
    }
}
