package dev.fairlead.cli.gunicorn;

import dev.fairlead.dialect.gunicorn.Setting;
import dev.fairlead.dialect.gunicorn.Setting.Effect;
import dev.fairlead.dialect.gunicorn.SettingsTable;
import java.util.Locale;

/// What `--help` prints: the table of settings.
final class HelpText {
    private HelpText() {}

    static String render() {
        StringBuilder out = new StringBuilder("usage: gunicorn [OPTIONS] [APP_MODULE]\n\n");
        for (Setting setting : SettingsTable.ROWS) {
            if (setting.flags().isEmpty()) {
                continue;
            }
            String value = setting.isFlag() || setting.name().equals("sendfile")
                    ? ""
                    : " " + setting.name().toUpperCase(Locale.ROOT);
            out.append("  ")
                    .append(String.join(", ", setting.flags()))
                    .append(value)
                    .append('\n');
            out.append("        ").append(setting.doc());
            out.append(
                    switch (setting.effect()) {
                        case Effect.Honoured() ->
                            setting.initial().isEmpty() || setting.isFlag() ? "" : " [" + setting.initial() + "]";
                        case Effect.None(String reason) -> " (no effect: " + reason + ")";
                        case Effect.Refused(String reason) -> " (refused: " + reason + ")";
                    });
            out.append('\n');
        }
        return out.append("  -h, --help\n        Shows this.\n  -v, --version\n        Shows the version.\n")
                .toString();
    }
}
