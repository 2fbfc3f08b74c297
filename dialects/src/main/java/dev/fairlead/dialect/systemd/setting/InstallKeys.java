package dev.fairlead.dialect.systemd.setting;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// The settings of `[Install]`, which say what enabling a unit means.
final class InstallKeys {
    private static final String INSTALL = "Install";

    static final List<Key> ROWS = List.of(
            names("WantedBy", "Which units' .wants/ folder enabling links it into", draft -> draft.wantedBy),
            names("RequiredBy", "Which units' .requires/ folder enabling links it into", draft -> draft.requiredBy),
            names("Alias", "Further names it has once enabled", draft -> draft.aliases),
            names("Also", "Units that are enabled with it", draft -> draft.also),
            Key.honoured(
                    INSTALL,
                    "DefaultInstance",
                    "The instance that enabling a template means",
                    (assignment, reading) -> reading.text(assignment)
                            .ifPresent(text -> reading.draft().defaultInstance =
                                    text.isEmpty() ? Optional.empty() : Optional.of(text))));

    private InstallKeys() {}

    private static Key names(String name, String note, Function<Draft, Set<String>> list) {
        return Key.honoured(INSTALL, name, note, (assignment, reading) -> {
            Set<String> names = list.apply(reading.draft());
            if (assignment.value().isEmpty()) {
                names.clear();
            }
            names.addAll(reading.units(
                    assignment, any -> true, word -> "Invalid unit name \"" + word + "\" in " + name + "=, ignoring."));
        });
    }
}
