package dev.fairlead.dialect.stunnel;

import dev.fairlead.dialect.Directive;
import dev.fairlead.dialect.DirectiveTable;
import dev.fairlead.dialect.Support;
import dev.fairlead.source.Diagnostic;
import dev.fairlead.unit.Suggestion;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// All options of stunnel 5's manual: those that are followed, those without effect, those that are refused.
final class OptionTable {
    private static final DirectiveTable<Place, Setter> TABLE = new DirectiveTable<>(rows());
    private static final Map<String, String> BY_LOWER_CASE = new TreeMap<>();

    static {
        TABLE.rows().forEach(row -> BY_LOWER_CASE.put(row.name().toLowerCase(Locale.ROOT), row.name()));
        BY_LOWER_CASE.put("curve", "curves");
    }

    private OptionTable() {}

    private static List<Directive<Place, Setter>> rows() {
        List<Directive<Place, Setter>> rows = new ArrayList<>(GlobalOptions.rows());
        rows.addAll(ServiceRows.rows());
        rows.addAll(TlsRows.rows());
        rows.addAll(StatusRows.rows());
        rows.addAll(Programs.rows());
        rows.addAll(ForeignRows.rows());
        return rows;
    }

    static DirectiveTable<Place, Setter> table() {
        return TABLE;
    }

    /// Puts one line into effect, or says why it cannot be.
    static void read(Line.Option option, Reading reading) {
        String name = BY_LOWER_CASE.get(option.name().toLowerCase(Locale.ROOT));
        Place place = reading.isInSection() ? Place.SERVICE : Place.GLOBAL;
        if (name == null) {
            unknown(option, reading);
            return;
        }
        TABLE.find(name, place)
                .ifPresentOrElse(row -> apply(row, option, reading), () -> misplaced(option, name, reading));
    }

    private static void apply(Directive<Place, Setter> row, Line.Option option, Reading reading) {
        switch (row.support()) {
            case Support.Full full -> row.setter().apply(option, reading.present(), reading.global(), reading);
            case Support.WithoutEffect without -> {
                if (without.noticeable()) {
                    reading.problems()
                            .warning(
                                    "stunnel.without-effect",
                                    option.nameSpan(),
                                    "\"" + row.name() + "\" has no effect here",
                                    without.reason());
                } else {
                    reading.problems()
                            .add(Diagnostic.note(
                                            "stunnel.without-effect",
                                            option.nameSpan(),
                                            "\"" + row.name() + "\" has no effect here")
                                    .hint(without.reason()));
                }
            }
            case Support.Refused refused -> {
                if (!isHarmless(option)) {
                    reading.present().isFaulty = true;
                    reading.problems()
                            .error(
                                    "stunnel.unsupported",
                                    option.nameSpan(),
                                    "\"" + row.name() + "\" is not supported by Fairlead",
                                    refused.reason());
                }
            }
        }
    }

    /// What is switched off need not be supported.
    private static boolean isHarmless(Line.Option option) {
        return option.value().equalsIgnoreCase("no") || option.value().equalsIgnoreCase("none");
    }

    private static void unknown(Line.Option option, Reading reading) {
        reading.present().isFaulty = true;
        reading.problems()
                .add(Diagnostic.error(
                                "stunnel.option",
                                option.nameSpan(),
                                "\"" + option.span().text() + "\": Specified option name is not valid here")
                        .hint(Slips.inName(option.name())
                                .or(() -> Suggestion.nearest(option.name(), BY_LOWER_CASE.values())
                                        .map(near -> "did you mean \"" + near + "\"?"))));
    }

    private static void misplaced(Line.Option option, String name, Reading reading) {
        reading.problems()
                .error(
                        "stunnel.option",
                        option.nameSpan(),
                        "\"" + option.span().text() + "\": Specified option name is not valid here",
                        "\"" + name + "\" belongs before the first [section]");
    }
}
