package dev.fairlead.dialect.systemd.name;

import dev.fairlead.unit.Suggestion;
import java.util.Optional;
import java.util.Set;

/// What may be wrong with a text that is no unit name.
public final class UnitNames {
    private static final Set<String> TARGETS = Set.of(
            "basic",
            "default",
            "graphical",
            "local-fs",
            "local-fs-pre",
            "multi-user",
            "network",
            "network-online",
            "network-pre",
            "nss-lookup",
            "nss-user-lookup",
            "paths",
            "remote-fs",
            "remote-fs-pre",
            "rescue",
            "shutdown",
            "slices",
            "sockets",
            "sysinit",
            "time-set",
            "time-sync",
            "timers");

    private UnitNames() {}

    /// The target of systemd that a name was probably meant to be; empty for a name that is one, or like none.
    public static Optional<String> misspelt(String name) {
        int dot = name.lastIndexOf('.');
        String stem = dot < 0 ? name : name.substring(0, dot);
        if (TARGETS.contains(stem) && name.endsWith(".target")) {
            return Optional.empty();
        }
        boolean isTarget =
                Suggestion.nearest(name.substring(dot + 1), Set.of("target")).isPresent();
        return isTarget && dot > 0 ? Suggestion.nearest(stem, TARGETS).map(near -> near + ".target") : Optional.empty();
    }

    public static String hint(String text) {
        Optional<String> meant = misspelt(text);
        if (meant.isPresent()) {
            return "did you mean " + meant.get() + "?";
        }

        if (text.endsWith(",") || text.endsWith(";")) {
            return "names are separated by blanks alone";
        }
        if (text.contains("#")) {
            return "an instance is written with @: " + text.replace('#', '@');
        }
        if (text.contains("@.")) {
            return "this is a template; name an instance, such as " + text.replace("@.", "@1.");
        }
        if (TARGETS.contains(text)) {
            return "a unit is named with its suffix: " + text + ".target";
        }
        Optional<UnitName> withSuffix = UnitName.parse(text + ".service");
        return withSuffix
                .map(name -> "a unit is named with its suffix: " + name)
                .orElse("letters, digits and : - _ . \\ @, then a suffix such as .service");
    }
}
