package dev.fairlead.unit;

/// The wildcards of fnmatch(3) without flags: `*`, `?`, `[…]`, `[!…]`, and a backslash before a character that
/// shall mean itself.
public final class FileNamePattern {
    private FileNamePattern() {}

    /// Whether the whole text is as the pattern says.
    public static boolean matches(String pattern, String text) {
        return matches(pattern, 0, text, 0);
    }

    private static boolean matches(String pattern, int p, String text, int t) {
        if (p == pattern.length()) {
            return t == text.length();
        }
        char c = pattern.charAt(p);
        if (c == '*') {
            return matches(pattern, p + 1, text, t) || (t < text.length() && matches(pattern, p, text, t + 1));
        }
        if (t == text.length()) {
            return false;
        }
        if (c == '\\' && p + 1 < pattern.length()) {
            return pattern.charAt(p + 1) == text.charAt(t) && matches(pattern, p + 2, text, t + 1);
        }
        int close = c == '[' ? closing(pattern, p) : -1;
        if (close > 0) {
            return inSet(pattern.substring(p + 1, close), text.charAt(t)) && matches(pattern, close + 1, text, t + 1);
        }
        return (c == '?' || c == text.charAt(t)) && matches(pattern, p + 1, text, t + 1);
    }

    /// A bracket right behind the opening one, or behind its `!`, is one of the set.
    private static int closing(String pattern, int open) {
        boolean negated = open + 1 < pattern.length() && "!^".indexOf(pattern.charAt(open + 1)) >= 0;
        return pattern.indexOf(']', open + (negated ? 3 : 2));
    }

    private static boolean inSet(String set, char c) {
        boolean negated = set.startsWith("!") || set.startsWith("^");
        boolean found = false;
        int i = negated ? 1 : 0;
        while (i < set.length()) {
            boolean range = i + 2 < set.length() && set.charAt(i + 1) == '-';
            char last = range ? set.charAt(i + 2) : set.charAt(i);
            found |= c >= set.charAt(i) && c <= last;
            i += range ? 3 : 1;
        }
        return found != negated;
    }
}
