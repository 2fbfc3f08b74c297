package dev.fairlead.dialect.gunicorn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GunicornSettingsTest {
    private static GunicornSettings merged(
            List<String> words, List<String> variable, Map<String, List<String>> file, Map<String, String> environment)
            throws Fault {
        return GunicornSettings.merge(CommandLine.parse(words), CommandLine.parse(variable), file, environment);
    }

    private static GunicornSettings of(String... words) throws Fault {
        return merged(List.of(words), List.of(), Map.of(), Map.of());
    }

    private static Fault refused(String... words) {
        return catchThrowableOfType(Fault.class, () -> of(words));
    }

    @Test
    void theStrongerSourceWins() throws Fault {
        Map<String, String> environment = Map.of("WEB_CONCURRENCY", "2", "PORT", "99");
        Map<String, List<String>> file = Map.of("workers", List.of("3"), "timeout", List.of("7"));
        GunicornSettings all = merged(List.of("-w", "5"), List.of("-w", "4", "-t", "8"), file, environment);
        assertThat(all.text("workers")).isEqualTo("5");
        assertThat(all.text("timeout")).isEqualTo("8");
        assertThat(all.list("bind")).containsExactly("0.0.0.0:99");
        assertThat(merged(List.of(), List.of(), file, environment).text("workers"))
                .isEqualTo("3");
        assertThat(merged(List.of(), List.of(), Map.of(), environment).text("workers"))
                .isEqualTo("2");
        assertThat(of().text("workers")).isEqualTo("1");
    }

    @Test
    void bindsOfTheCommandLineReplaceThoseOfTheFile() throws Fault {
        GunicornSettings all =
                merged(List.of("-b", "a:1", "-b", "b:2"), List.of(), Map.of("bind", List.of("c:3")), Map.of());
        assertThat(all.list("bind")).containsExactly("a:1", "b:2");
    }

    @Test
    void theApplicationMayComeFromTheFile() throws Fault {
        assertThat(merged(List.of(), List.of(), Map.of("wsgi_app", List.of("a:b")), Map.of())
                        .target())
                .contains("a:b");
        assertThat(of("c:d").target()).contains("c:d");
    }

    @ParameterizedTest
    @ValueSource(strings = {"three", "-1", "", "1e400x"})
    void whatIsNoNumberIsRefused(String value) {
        assertThat(refused("--workers=" + value))
                .hasMessageContaining("argument -w/--workers: invalid int value: '" + value + "'");
    }

    @Test
    void theMaskIsOctalWithALeadingZero() throws Fault {
        assertThat(of("-m", "022").number("umask")).isEqualTo(18);
        assertThat(of("-m", "0o22").number("umask")).isEqualTo(18);
        assertThat(of("-m", "22").number("umask")).isEqualTo(22);
    }

    @Test
    void whatCannotBeHonouredIsRefusedWithTheReason() {
        assertThat(refused("--spew")).hasMessageStartingWith("Error: spew cannot be honoured: ");
        assertThat(refused("--dirty-workers", "1")).hasMessageContaining("a service of its own");
    }

    @Test
    void aFileOfPasteDeployIsATarget() throws Fault {
        assertThat(of("--paste", "x.ini#shop").target()).contains("paste:x.ini#shop");
    }

    @Test
    void versionsOfTheProxyProtocolAreThoseOfNewerGunicorns() throws Fault {
        assertThat(of("--proxy-protocol").flag("proxy_protocol")).isTrue();
        assertThat(of("--proxy-protocol", "v2").flag("proxy_protocol")).isTrue();
        assertThat(of("--proxy-protocol=auto").flag("proxy_protocol")).isTrue();
        assertThat(of("--proxy-protocol", "off").flag("proxy_protocol")).isFalse();
        assertThat(merged(List.of(), List.of(), Map.of("proxy_protocol", List.of("v1")), Map.of())
                        .flag("proxy_protocol"))
                .isTrue();
    }

    @Test
    void aRefusedSettingMayHaveItsInitialValue() throws Fault {
        assertThat(of("--logger-class", "gunicorn.glogging.Logger").withoutEffect())
                .isEmpty();
        assertThat(merged(List.of(), List.of(), Map.of("spew", List.of("False")), Map.of())
                        .flag("spew"))
                .isFalse();
    }

    @Test
    void pythonLogsWhereItsLoggersAreSetOrTrafficDoesNotKnow() throws Fault {
        assertThat(of("--access-logfile", "-").logsInPython()).isFalse();
        assertThat(of("--logger-class", "gunicorn.glogging.Logger").logsInPython())
                .isFalse();
        for (String option : List.of("--logger-class=a.B", "--log-config=x", "--statsd-host=h:1", "--log-syslog")) {
            assertThat(of(option).logsInPython()).as(option).isTrue();
        }
        String format = "--access-logformat=%({wsgi.url_scheme}e)s";
        assertThat(of(format).logsInPython()).isFalse();
        assertThat(of(format, "--access-logfile", "-").logsInPython()).isTrue();
        assertThat(merged(List.of(), List.of(), Map.of("logconfig_dict", List.of("version=1")), Map.of())
                        .logsInPython())
                .isTrue();
    }

    @Test
    void whatChangesNothingIsTold() throws Fault {
        assertThat(of("--reuse-port").withoutEffect())
                .singleElement()
                .asString()
                .startsWith("reuse_port has no effect: ");
    }

    @Test
    void everySettingIsPrinted() throws Fault {
        String printed = of("-w", "3").print();
        assertThat(printed.lines()).hasSize(SettingsTable.ROWS.size()).anyMatch(line -> line.matches("workers += 3"));
        assertThat(printed.lines()).isSorted();
    }
}
