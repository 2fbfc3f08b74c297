package dev.fairlead.process.supervisor.condition;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// What conditions compare with: an operator (`<`, `<=`, `=`, `!=`, `>=`, `>`) and a value behind it, or a
/// pattern.
final class Comparison {
    private static final Set<String> YES = Set.of("1", "yes", "y", "true", "t", "on");
    private static final String UNITS = "KMGTPE";

    private Comparison() {}

    static boolean isYes(String word) {
        return YES.contains(word.toLowerCase(Locale.ROOT));
    }

    static boolean isNo(String word) {
        return Set.of("0", "no", "n", "false", "f", "off").contains(word.toLowerCase(Locale.ROOT));
    }

    /// Whether an amount is as asked; without an operator, at least that much. Sizes may have a unit of 1024.
    static boolean amount(long actual, String asked) {
        String operator = operator(asked);
        String number = asked.substring(operator.length()).strip();
        int unit = number.isEmpty() ? -1 : UNITS.indexOf(number.charAt(number.length() - 1));
        String digits =
                unit < 0 ? number : number.substring(0, number.length() - 1).strip();
        try {
            double limit = Double.parseDouble(digits) * (double) (1L << (10 * (unit + 1)));
            return holds(operator.isEmpty() ? ">=" : operator, Double.compare((double) actual, limit));
        } catch (NumberFormatException noNumber) {
            return false;
        }
    }

    /// Whether a version meets every word: each a comparison (its value may stand behind a blank) or a pattern.
    static boolean version(String actual, String asked) {
        String[] words = asked.strip().split("\\s+", -1);
        for (int i = 0; i < words.length; i++) {
            String operator = operator(words[i]);
            String value = words[i].substring(operator.length());
            if (!operator.isEmpty() && value.isEmpty() && i + 1 < words.length) {
                value = words[++i];
            }
            boolean met = operator.isEmpty() ? glob(value, actual) : holds(operator, compare(actual, value));
            if (!met) {
                return false;
            }
        }
        return true;
    }

    private static String operator(String text) {
        for (String operator : new String[] {"<=", ">=", "!=", "<", ">", "="}) {
            if (text.startsWith(operator)) {
                return operator;
            }
        }
        return "";
    }

    static boolean holds(String operator, int order) {
        return switch (operator) {
            case "<" -> order < 0;
            case "<=" -> order <= 0;
            case "=" -> order == 0;
            case "!=" -> order != 0;
            case ">=" -> order >= 0;
            case ">" -> order > 0;
            default -> false;
        };
    }

    /// By the version order of the UAPI group: runs of digits as numbers, runs of letters as text, `~` before
    /// everything, `-`, `^` and `.` in between, other characters left out.
    static int compare(String one, String other) {
        String a = one;
        String b = other;
        while (true) {
            a = a.replaceFirst("^[^A-Za-z0-9~\\-^.]+", "");
            b = b.replaceFirst("^[^A-Za-z0-9~\\-^.]+", "");
            for (char mark : new char[] {'~'}) {
                boolean first = !a.isEmpty() && a.charAt(0) == mark;
                boolean second = !b.isEmpty() && b.charAt(0) == mark;
                if (first != second) {
                    return first ? -1 : 1;
                }
            }
            if (a.isEmpty() || b.isEmpty()) {
                return Integer.compare(a.length(), b.length());
            }
            for (char mark : new char[] {'~', '-', '^', '.'}) {
                boolean first = a.charAt(0) == mark;
                boolean second = b.charAt(0) == mark;
                if (first != second) {
                    return first ? -1 : 1;
                }
                if (first) {
                    a = a.substring(1);
                    b = b.substring(1);
                    break;
                }
            }
            if (a.isEmpty() || b.isEmpty()) {
                continue;
            }
            boolean digits = Character.isDigit(a.charAt(0)) || Character.isDigit(b.charAt(0));
            String first = run(a, digits);
            String second = run(b, digits);
            int order = digits ? number(first, second) : first.compareTo(second);
            if (order != 0) {
                return order;
            }
            a = a.substring(first.length());
            b = b.substring(second.length());
        }
    }

    private static int number(String one, String other) {
        String a = one.replaceFirst("^0+", "");
        String b = other.replaceFirst("^0+", "");
        if (one.isEmpty() != other.isEmpty()) {
            return one.isEmpty() ? -1 : 1;
        }
        return a.length() != b.length() ? Integer.compare(a.length(), b.length()) : a.compareTo(b);
    }

    private static String run(String text, boolean digits) {
        int end = 0;
        while (end < text.length()
                && (digits ? Character.isDigit(text.charAt(end)) : Character.isLetter(text.charAt(end)))) {
            end++;
        }
        return text.substring(0, end);
    }

    /// A shell's pattern over a whole text.
    static boolean glob(String pattern, String text) {
        StringBuilder expression = new StringBuilder();
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            int close = c == '[' ? pattern.indexOf(']', i + 2) : -1;
            if (close > 0) {
                String set =
                        pattern.substring(i + 1, close).replace("\\", "\\\\").replace("[", "\\[");
                expression
                        .append('[')
                        .append(set.startsWith("!") ? "^" + set.substring(1) : set)
                        .append(']');
                i = close;
            } else {
                expression.append(c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(String.valueOf(c)));
            }
        }
        return Pattern.compile(expression.toString(), Pattern.DOTALL)
                .matcher(text)
                .matches();
    }
}
