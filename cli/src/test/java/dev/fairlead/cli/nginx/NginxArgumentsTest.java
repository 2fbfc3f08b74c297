package dev.fairlead.cli.nginx;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NginxArgumentsTest {
    @Test
    void lettersMayBeRunTogether() {
        NginxArguments arguments = understood("-tq");
        assertThat(arguments.test()).isTrue();
        assertThat(arguments.quiet()).isTrue();
    }

    @Test
    void aValueFollowsItsLetterAtOnceOrAsTheNextWord() {
        assertThat(understood("-c", "/etc/a.conf").configuration()).contains("/etc/a.conf");
        assertThat(understood("-tc/etc/b.conf").configuration()).contains("/etc/b.conf");
        assertThat(understood("-g", "daemon off;").globals()).contains("daemon off;");
    }

    @Test
    void dumpingIsTestingToo() {
        assertThat(understood("-T").test()).isTrue();
        assertThat(understood("-T").dump()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-x|invalid option: \"x\"",
                "-tx|invalid option: \"x\"",
                "start|invalid option: \"start\"",
                "-c|option \"-c\" requires file name",
                "-e|option \"-e\" requires file name",
                "-p|option \"-p\" requires directory name",
                "-g|option \"-g\" requires parameter",
                "-s|option \"-s\" requires parameter",
                "-s restart|invalid option: \"-s restart\"",
            })
    void whatIsRefusedIsRefusedInNginxsWords(String words, String message) {
        assertThat(NginxArguments.read(List.of(words.split(" "))))
                .isEqualTo(new NginxArguments.Reading.Refused(message));
    }

    @ParameterizedTest
    @CsvSource({"stop", "quit", "reopen", "reload"})
    void fourSignalsAreKnown(String signal) {
        assertThat(understood("-s", signal).signal()).contains(signal);
    }

    private static NginxArguments understood(String... words) {
        return switch (NginxArguments.read(List.of(words))) {
            case NginxArguments.Reading.Understood(NginxArguments arguments) -> arguments;
            case NginxArguments.Reading.Refused(String message) -> throw new AssertionError(message);
        };
    }
}
