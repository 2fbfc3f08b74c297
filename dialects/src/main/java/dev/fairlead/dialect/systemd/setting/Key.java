package dev.fairlead.dialect.systemd.setting;

import dev.fairlead.dialect.systemd.text.Assignment;
import java.util.Locale;
import java.util.Set;

/// One setting systemd knows: the syntax check, the help and a row of the compatibility table.
///
/// @param note what it does here, or why it does nothing
/// @param setter what is done with a value of it
public record Key(String section, String name, Support support, String note, Setter setter) {
    private static final Set<String> NOT = Set.of("no", "false", "off");

    /// What becomes of a setting.
    public enum Support {
        /// As in systemd.
        HONOURED("yes"),
        /// As in systemd, with the exception the note names.
        PARTLY("partly"),
        /// Read and left aside, because it changes nothing about how a service runs here.
        ACCEPTED("no need"),
        /// Without effect, which is said.
        INERT("not yet"),
        /// The unit cannot mean the same without it, so it does not run.
        REFUSED("refused");

        private final String word;

        Support(String word) {
            this.word = word;
        }

        /// As it stands in the compatibility table.
        String word() {
            return word;
        }
    }

    /// Takes one assignment into the draft of a unit.
    @FunctionalInterface
    public interface Setter {
        void set(Assignment assignment, Reading reading);
    }

    static Key honoured(String section, String name, String note, Setter setter) {
        return new Key(section, name, Support.HONOURED, note, setter);
    }

    static Key partly(String section, String name, String note, Setter setter) {
        return new Key(section, name, Support.PARTLY, note, setter);
    }

    static Key accepted(String section, String name, String note) {
        return new Key(section, name, Support.ACCEPTED, note, (assignment, reading) -> {});
    }

    static Key inert(String section, String name, String reason) {
        return new Key(section, name, Support.INERT, reason, (assignment, reading) -> {
            if (!assignment.value().isEmpty() && !asksForNothing(assignment)) {
                reading.problems()
                        .warning("systemd.no-effect", assignment.span(), name + "= has no effect yet", reason);
            }
        });
    }

    /// Many write down what they do not want.
    private static boolean asksForNothing(Assignment assignment) {
        return NOT.contains(assignment.value().text().toLowerCase(Locale.ROOT));
    }

    static Key refused(String section, String name, String reason) {
        return new Key(section, name, Support.REFUSED, reason, (assignment, reading) -> {
            if (!assignment.value().isEmpty()) {
                reading.problems()
                        .error("systemd.not-supported", assignment.span(), name + "= is not supported", reason);
            }
        });
    }
}
