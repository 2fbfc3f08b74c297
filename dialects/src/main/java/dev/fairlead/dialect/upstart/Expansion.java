package dev.fairlead.dialect.upstart;

/// Texts with `$NAME` and `${NAME}`, which are replaced when an event comes.
final class Expansion {
    private Expansion() {}

    /// Whether each brace that a dollar sign opens is closed.
    static boolean isSound(String text) {
        for (int at = text.indexOf("${"); at >= 0; at = text.indexOf("${", at + 2)) {
            if (text.indexOf('}', at) < 0) {
                return false;
            }
        }
        return true;
    }
}
