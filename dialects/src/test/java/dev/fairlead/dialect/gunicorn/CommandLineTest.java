package dev.fairlead.dialect.gunicorn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandLineTest {
    private static CommandLine parsed(String... words) throws Fault {
        return CommandLine.parse(List.of(words));
    }

    private static Fault refused(String... words) {
        return catchThrowableOfType(Fault.class, () -> parsed(words));
    }

    @Test
    void longAndShortOptionsMeanTheSame() throws Fault {
        Map<String, List<String>> expected = Map.of("workers", List.of("3"), "bind", List.of("a:1", "b:2"));
        assertThat(parsed("-w", "3", "-b", "a:1", "-b", "b:2", "app").values()).isEqualTo(expected);
        assertThat(parsed("-w3", "-ba:1", "app", "-b", "b:2").values()).isEqualTo(expected);
        assertThat(parsed("--workers=3", "--bind", "a:1", "--bind=b:2", "app").values())
                .isEqualTo(expected);
    }

    @Test
    void theApplicationIsTheOnlyWordWithoutDashes() throws Fault {
        assertThat(parsed("-D", "wsgi:app", "-w", "2").target()).contains("wsgi:app");
        assertThat(parsed("-w", "2").target()).isEmpty();
        assertThat(parsed("--", "-odd").target()).contains("-odd");
        assertThat(refused("one", "two", "three"))
                .hasMessageEndingWith("gunicorn: error: unrecognized arguments: two three");
    }

    @Test
    void longOptionsMayBeShortenedWhileItIsClearWhichIsMeant() throws Fault {
        assertThat(parsed("--worker-cl", "gthread").values()).containsEntry("worker_class", List.of("gthread"));
    }

    @Test
    void anAmbiguousOptionIsRefusedWithWhatItCouldBe() {
        assertThat(refused("--worker", "x"))
                .hasMessageContaining("ambiguous option: --worker could match")
                .hasMessageContaining("--worker-class");
    }

    @Test
    void anUnknownOptionIsRefusedWithTheNearest() {
        Fault fault = refused("--worker-clas5", "x");
        assertThat(fault.status()).isEqualTo(2);
        assertThat(fault).hasMessageContaining("unrecognized arguments: --worker-clas5 (did you mean --worker-class?)");
    }

    @Test
    void flagsTakeNoValueAndShortOnesMayShareAWord() throws Fault {
        assertThat(parsed("-DR").values())
                .containsEntry("daemon", List.of("True"))
                .containsEntry("enable_stdio_inheritance", List.of("True"));
        assertThat(parsed("--no-sendfile", "app").target()).contains("app");
        assertThat(refused("--daemon=yes")).hasMessageContaining("ignored explicit argument 'yes'");
    }

    @Test
    void anOptionWithoutItsValueIsRefused() {
        assertThat(refused("--workers")).hasMessageContaining("argument -w/--workers: expected one argument");
        assertThat(refused("-w", "--daemon")).hasMessageContaining("argument -w/--workers: expected one argument");
    }

    @Test
    void aNegativeNumberIsAValue() throws Fault {
        assertThat(parsed("-w", "-1").values()).containsEntry("workers", List.of("-1"));
    }

    @Test
    void helpAndVersionAreAskedFor() throws Fault {
        assertThat(parsed("-h").help()).isTrue();
        assertThat(parsed("--version").version()).isTrue();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "-w 3  -b x:1 | -w,3,-b,x:1",
                "--name 'two words' | --name,two words",
                "--name \"two \\\" words\" | --name,two \" words",
                "a\\ b c | a b,c",
                "--name '' x | --name,,x",
                "pre'fix'ed | prefixed"
            })
    void theVariableIsSplitAsAShellWould(String text, String expected) throws Fault {
        assertThat(CommandLine.split(text)).containsExactly(expected.split(",", -1));
    }

    @Test
    void anOpenQuoteInTheVariableIsAnError() {
        assertThat(catchThrowableOfType(Fault.class, () -> CommandLine.split("--name 'x")))
                .hasMessageContaining("no closing quotation");
    }
}
