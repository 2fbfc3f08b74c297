package dev.fairlead.dialect.systemd.name;

import java.util.Optional;
import java.util.Set;

/// What may be wrong with a text that is no unit name.
public final class UnitNames {
    private static final Set<String> TARGETS = Set.of(
            "basic",
            "default",
            "graphical",
            "local-fs",
            "multi-user",
            "network",
            "network-online",
            "remote-fs",
            "sockets",
            "sysinit",
            "timers");

    private UnitNames() {}

    public static String hint(String text) {
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
