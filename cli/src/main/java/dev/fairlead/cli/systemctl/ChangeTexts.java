package dev.fairlead.cli.systemctl;

import dev.fairlead.dialect.systemd.install.Change;
import dev.fairlead.dialect.systemd.install.Installer;
import java.io.PrintStream;

/// Says what was done to links, in systemctl's words.
final class ChangeTexts {
    private ChangeTexts() {}

    /// @param verb what was asked for: `enable`, `add dependency on`
    static void print(Installer.Result result, String verb, boolean quiet, PrintStream err) {
        for (Change change : result.changes()) {
            if (change instanceof Change.Failed failed) {
                err.println("Failed to " + verb + " " + text(failed));
            } else if (!quiet) {
                err.println(text(change));
            }
        }
        result.fault().ifPresent(cause -> err.println("Failed to " + verb + ": " + cause.text() + "."));
    }

    private static String text(Change change) {
        return switch (change) {
            case Change.Linked(var link, String target) -> "Created symlink " + link + " → " + target + ".";
            case Change.Removed(var path) -> "Removed \"" + path + "\".";
            case Change.SkippedMasked(var path) -> "Unit " + path + " is masked, ignoring.";
            case Change.Dangling(String name) ->
                "Unit " + name + " is an alias to a unit that is not present, ignoring.";
            case Change.LinkedToMissing(String unit, var source) ->
                "Unit " + source + " is added as a dependency to a non-existent unit " + unit + ".";
            case Change.AlsoFailed(String name) -> "Failed to enable auxiliary unit " + name + ", ignoring.";
            case Change.Failed failed -> text(failed);
        };
    }

    private static String text(Change.Failed failed) {
        String what = failed.what();
        return switch (failed.reason()) {
            case EXISTS ->
                "unit, file \"" + what + "\" already exists"
                        + (failed.other().isEmpty() ? "." : " and is a symlink to \"" + failed.other() + "\".");
            case MASKED -> "unit, unit " + what + " is masked.";
            case TRANSIENT -> "unit, unit " + what + " is transient or generated.";
            case BAD_SPECIFIER -> "unit, invalid specifier in \"" + what + "\".";
            case NOT_TEMPLATE -> failed.other() + ", destination unit " + what + " is a non-template unit.";
            case INVALID_NAME -> "unit, \"" + what + "\" is not a valid unit name.";
            case INVALID_ALIAS -> "unit, cannot alias " + what + " as " + failed.other() + ".";
            case LINKED -> "unit, refusing to operate on linked unit file " + what + ".";
            case MISSING -> "unit, unit " + what + " does not exist.";
            case INVALID, UNWRITABLE -> "unit, file \"" + what + "\": " + failed.other();
        };
    }
}
