package dev.fairlead.dialect.gunicorn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.dialect.gunicorn.Setting.Effect;
import dev.fairlead.testkit.Golden;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SettingsPageTest {
    private static final String HEAD = """
            # gunicorn's settings in Fairlead

            <!-- Written by SettingsPageTest from the table that the program reads by: change the table, then run
                 the test with -Dgolden.update=true. -->

            `fairlead gunicorn [OPTIONS] MODULE:APP` takes gunicorn's command line, its configuration files (which are run by
            Python) and its variables `GUNICORN_CMD_ARGS`, `WEB_CONCURRENCY`, `PORT` and `FORWARDED_ALLOW_IPS`. Every setting of
            gunicorn 20 to 26 is honoured, or changes nothing for the reason given (and a note says so if it is set), or is refused
            for the reason given. Nothing is ignored silently.

            - Signals: `HUP` reloads without a failed request, `TERM` ends when all requests are answered, `INT` and `QUIT` end at
              once, `USR1` opens logs anew, `USR2` starts the program anew beside the old one, `TTIN` and `TTOU` add and take away
              a worker, `WINCH` ends the workers of a program in the background.
            - The error log holds what gunicorn's loggers are told, tracebacks included. A worker finds a file that was moved away
              with the next line it logs; what `--capture-output` captures follows it from then on.
            - What requests and answers look like differs from gunicorn's in a few places: [differences.md](differences.md).

            """;

    @Test
    void thePageIsWhatTheTableSays() {
        Golden.check(
                Path.of("../docs/gunicorn.md"),
                HEAD
                        + section("What is run, and by which workers", WorkerRows.ROWS)
                        + section("Processes, and whom to believe", MechanicsRows.ROWS)
                        + section("Logs and names", LoggingRows.ROWS)
                        + section("TLS", TlsRows.ROWS)
                        + section("Hooks of configuration files", HookRows.ROWS)
                        + section("New in gunicorn 24 to 26", NewerRows.ROWS));
    }

    private static String section(String title, List<Setting> rows) {
        return rows.stream()
                .map(SettingsPageTest::row)
                .collect(Collectors.joining(
                        "\n",
                        "## " + title + "\n\n| Setting | Flags | Initially | Meaning |\n|---|---|---|---|\n",
                        "\n\n"));
    }

    private static String row(Setting setting) {
        String flags = setting.flags().stream().map(SettingsPageTest::code).collect(Collectors.joining(", "));
        String initial = setting.initial().isEmpty() ? "" : code(setting.initial());
        String effect = switch (setting.effect()) {
            case Effect.Honoured() -> "";
            case Effect.None(String reason) -> " *No effect: " + reason + ".*";
            case Effect.Refused(String reason) -> " **Refused**: " + reason + ".";
        };
        return "| " + code(setting.name()) + " | " + flags + " | " + initial + " | " + (setting.doc() + effect).strip()
                + " |";
    }

    private static String code(String text) {
        return "`" + text.replace("|", "\\|") + "`";
    }

    @Test
    void noTwoSettingsShareANameOrAFlag() {
        assertThat(SettingsTable.ROWS.stream().map(Setting::name)).doesNotHaveDuplicates();
        assertThat(SettingsTable.ROWS.stream().flatMap(row -> row.flags().stream()))
                .doesNotHaveDuplicates();
    }

    @Test
    void everySettingThatIsHonouredIsExplained() {
        assertThat(SettingsTable.ROWS)
                .filteredOn(row -> row.effect() instanceof Effect.Honoured)
                .allSatisfy(row -> assertThat(row.doc()).as(row.name()).endsWith("."));
    }
}
