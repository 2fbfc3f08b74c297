package dev.fairlead.dialect;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// Translates a Perl-compatible regular expression into one that `java.util.regex` understands and that matches
/// the same bytes seen as ISO-8859-1 characters.
///
/// Named groups become numbered ones (Java's names know no underscore). What Java cannot do (recursion,
/// conditions, `\K`, verbs) is refused by name.
public final class Pcre {
    private static final Map<String, String> POSIX = Map.ofEntries(
            Map.entry("alpha", "p{Alpha}"),
            Map.entry("digit", "p{Digit}"),
            Map.entry("alnum", "p{Alnum}"),
            Map.entry("upper", "p{Upper}"),
            Map.entry("lower", "p{Lower}"),
            Map.entry("space", "s"),
            Map.entry("blank", "p{Blank}"),
            Map.entry("punct", "p{Punct}"),
            Map.entry("print", "p{Print}"),
            Map.entry("graph", "p{Graph}"),
            Map.entry("cntrl", "p{Cntrl}"),
            Map.entry("xdigit", "p{XDigit}"),
            Map.entry("word", "w"));

    private final String in;
    private final StringBuilder out = new StringBuilder("(?d)");
    private final List<Group> names = new ArrayList<>();
    private int at;
    private int groups;

    private Pcre(String text) {
        this.in = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    /// A named group.
    public record Group(String name, int number) {}

    /// What became of an expression.
    public sealed interface Result {
        record Translated(String pattern, List<Group> names, int groups) implements Result {}

        /// @param at offset of the trouble
        /// @param wellFormed whether the expression is right, but cannot be translated
        record Refused(String reason, int at, boolean wellFormed) implements Result {}
    }

    public static Result translate(String text, boolean ignoreCase) {
        Pcre pcre = new Pcre(text);
        try {
            pcre.run();
            Pattern.compile(pcre.out.toString(), ignoreCase ? Pattern.CASE_INSENSITIVE : 0);
        } catch (Untranslatable refused) {
            return new Result.Refused(
                    String.valueOf(refused.getMessage()), Math.min(refused.at, text.length()), refused.wellFormed);
        } catch (PatternSyntaxException invalid) {
            boolean before = invalid.getDescription().startsWith("Unmatched closing");
            int place = Math.clamp(invalid.getIndex() - (before ? 3L : 4L), 0, text.length());
            return new Result.Refused(reason(invalid), place, false);
        }
        return new Result.Translated(pcre.out.toString(), List.copyOf(pcre.names), pcre.groups);
    }

    private static String reason(PatternSyntaxException invalid) {
        String description = invalid.getDescription();
        return switch (description) {
            case "Unclosed group" -> "missing closing parenthesis";
            case "Unclosed character class" -> "missing terminating ] for character class";
            case "Unmatched closing ')'" -> "unmatched closing parenthesis";
            default ->
                description.startsWith("Dangling meta character")
                        ? "quantifier does not follow a repeatable item"
                        : description.toLowerCase(Locale.ROOT);
        };
    }

    private void run() {
        while (at < in.length()) {
            char c = in.charAt(at);
            switch (c) {
                case '\\' -> escape(false);
                case '[' -> characterClass();
                case '(' -> group();
                case '{' -> brace();
                default -> {
                    out.append(c);
                    at++;
                }
            }
        }
    }

    private void brace() {
        java.util.regex.Matcher quantifier =
                Pattern.compile("\\{\\d+(,\\d*)?\\}").matcher(in).region(at, in.length());
        if (quantifier.lookingAt()) {
            out.append(quantifier.group());
            at = quantifier.end();
        } else {
            out.append("\\{");
            at++;
        }
    }

    private void group() {
        if (in.startsWith("(*", at)) {
            throw refuse("verbs such as (*" + "…) are not supported");
        }
        if (!in.startsWith("(?", at)) {
            groups++;
            out.append('(');
            at++;
            return;
        }
        if (in.startsWith("(?#", at)) {
            int close = in.indexOf(')', at);
            if (close < 0) {
                throw refuse("missing ) after (?# comment");
            }
            at = close + 1;
        } else if (in.startsWith("(?P=", at)) {
            backReference(delimited(at + 4, ')'));
        } else if (in.startsWith("(?P<", at)) {
            named(at + 4, '>');
        } else if (in.startsWith("(?'", at)) {
            named(at + 3, '\'');
        } else if (in.startsWith("(?<", at) && !in.startsWith("(?<=", at) && !in.startsWith("(?<!", at)) {
            named(at + 3, '>');
        } else {
            special();
        }
    }

    private void special() {
        char kind = at + 2 < in.length() ? in.charAt(at + 2) : ')';
        switch (kind) {
            case '(' -> throw refuse("conditional groups (?(…) are not supported");
            case '|' -> throw refuse("branch reset groups (?|…) are not supported");
            case 'R', '&', 'P', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '+' ->
                throw refuse("recursion and subroutine calls are not supported");
            case 'U', 'J', '^' -> throw refuse("the option (?" + kind + ") is not supported");
            default -> {
                out.append("(?");
                at += 2;
            }
        }
    }

    private void named(int from, char close) {
        String name = delimited(from, close);
        groups++;
        names.add(new Group(name, groups));
        out.append('(');
    }

    /// The text up to a character, which is stepped over.
    private String delimited(int from, char close) {
        int end = from;
        while (end < in.length() && in.charAt(end) != close && isNamePart(in.charAt(end))) {
            end++;
        }
        if (end > from && (end >= in.length() || in.charAt(end) != close)) {
            at = end;
            throw refuse("syntax error in subpattern name (missing terminator?)");
        }
        String text = in.substring(from, end);
        if (text.isEmpty()) {
            at = from;
            throw refuse("subpattern name expected");
        }
        at = end + 1;
        return text;
    }

    private static boolean isNamePart(char c) {
        return c == '-' || c == '_' || (c < 128 && Character.isLetterOrDigit(c));
    }

    private static Optional<Integer> number(String text) {
        boolean isNumber = !text.isEmpty() && text.length() <= 9 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return isNumber ? Optional.of(Integer.parseInt(text)) : Optional.empty();
    }

    private void backReference(String name) {
        Optional<Integer> number = names.stream()
                .filter(group -> group.name().equals(name))
                .map(Group::number)
                .findFirst()
                .or(() -> number(name))
                .or(() -> name.startsWith("-")
                        ? number(name.substring(1)).map(back -> groups + 1 - back)
                        : Optional.empty());
        if (number.isEmpty() || number.get() < 1) {
            throw refuse("reference to non-existent subpattern");
        }
        out.append("(?:\\").append(number.get()).append(')');
    }

    private void escape(boolean inClass) {
        if (at + 1 >= in.length()) {
            throw refuse("\\ at end of pattern");
        }
        char c = in.charAt(at + 1);
        switch (c) {
            case 'Q' -> literal(inClass);
            case 'E' -> at += 2;
            case 'K', 'C', 'l', 'L', 'u', 'U' -> throw refuse("\\" + c + " is not supported");
            case 'N' -> copy("[^\\n]", 2);
            case 'x' -> hexadecimal();
            case 'k', 'g' -> reference();
            case '0' -> octal(1, 3);
            case '1', '2', '3', '4', '5', '6', '7', '8', '9' -> {
                if (inClass) {
                    octal(1, 3);
                } else {
                    numberedReference();
                }
            }
            default -> copy(in.substring(at, at + 2), 2);
        }
    }

    /// `\1` to `\9` are always references; a longer number is one if there are as many groups, else an octal
    /// code.
    private void numberedReference() {
        int end = at + 2;
        while (end < in.length() && Character.isDigit(in.charAt(end))) {
            end++;
        }
        String number = in.substring(at + 1, end);
        int total = countGroups();
        boolean known = number(number).filter(group -> group <= total).isPresent();
        if (!known && number.length() > 1) {
            octal(1, 3);
            return;
        }
        if (!known) {
            at = end;
            throw refuse("reference to non-existent subpattern");
        }
        at = end;
        backReference(number);
    }

    /// The capturing groups of the whole expression.
    private int countGroups() {
        int count = 0;
        boolean inClass = false;
        for (int i = 0; i < in.length(); i++) {
            char c = in.charAt(i);
            boolean escaped = i > 0 && in.charAt(i - 1) == '\\' && !(i > 1 && in.charAt(i - 2) == '\\');
            if (escaped) {
                continue;
            }
            inClass = (inClass || c == '[') && c != ']';
            boolean special = in.startsWith("(?", i) || in.startsWith("(*", i);
            boolean named = in.startsWith("(?P<", i)
                    || in.startsWith("(?'", i)
                    || (in.startsWith("(?<", i) && !in.startsWith("(?<=", i) && !in.startsWith("(?<!", i));
            count += c == '(' && !inClass && (!special || named) ? 1 : 0;
        }
        return count;
    }

    private void copy(String text, int step) {
        out.append(text);
        at += step;
    }

    private void literal(boolean inClass) {
        int end = in.indexOf("\\E", at + 2);
        String text = in.substring(at + 2, end < 0 ? in.length() : end);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean plain = Character.isLetterOrDigit(c) && c < 128;
            out.append(
                    plain || (c >= 128 && !inClass)
                            ? String.valueOf(c)
                            : String.format(Locale.ROOT, "\\x%02x", (int) c));
        }
        at = end < 0 ? in.length() : end + 2;
    }

    private void hexadecimal() {
        if (in.startsWith("\\x{", at)) {
            copy("\\x", 2);
            return;
        }
        int end = at + 2;
        while (end < in.length() && end < at + 4 && Character.digit(in.charAt(end), 16) >= 0) {
            end++;
        }
        String digits = in.substring(at + 2, end);
        out.append("\\x").repeat("0", 2 - digits.length()).append(digits);
        at = end;
    }

    private void octal(int from, int most) {
        int end = at + from;
        int value = 0;
        while (end < in.length() && end < at + from + most && Character.digit(in.charAt(end), 8) >= 0) {
            value = value * 8 + Character.digit(in.charAt(end), 8);
            end++;
        }
        out.append(String.format(Locale.ROOT, "\\x%02x", value & 0xff));
        at = Math.max(end, at + 2);
    }

    private void reference() {
        boolean named = in.charAt(at + 1) == 'k';
        char open = at + 2 < in.length() ? in.charAt(at + 2) : 0;
        switch (open) {
            case '{' -> backReference(delimited(at + 3, '}'));
            case '<' -> {
                if (!named) {
                    throw refuse("recursion and subroutine calls are not supported");
                }
                backReference(delimited(at + 3, '>'));
            }
            case '\'' -> backReference(delimited(at + 3, '\''));
            default -> {
                int end = at + 2;
                while (end < in.length() && (Character.isDigit(in.charAt(end)) || in.charAt(end) == '-')) {
                    end++;
                }
                String number = in.substring(at + 2, end);
                at = end;
                backReference(number);
            }
        }
    }

    private void characterClass() {
        at++;
        out.append('[');
        if (at < in.length() && in.charAt(at) == '^') {
            copy("^", 1);
        }
        if (at < in.length() && in.charAt(at) == ']') {
            copy("\\]", 1);
        }
        while (at < in.length() && in.charAt(at) != ']') {
            classMember();
        }
        if (at >= in.length()) {
            throw refuse("missing terminating ] for character class");
        }
        copy("]", 1);
    }

    private void classMember() {
        char c = in.charAt(at);
        if (c == '\\') {
            escape(true);
        } else if (in.startsWith("[:", at) && in.indexOf(":]", at) > 0) {
            int end = in.indexOf(":]", at);
            boolean negated = in.startsWith("[:^", at);
            String name = POSIX.get(in.substring(at + (negated ? 3 : 2), end));
            if (name == null) {
                throw refuse("unknown POSIX class name");
            }
            String upper = name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
            out.append('\\').append(negated ? upper : name);
            at = end + 2;
        } else {
            copy(c == '[' || c == '&' || c == '#' || c == ' ' ? "\\" + c : String.valueOf(c), 1);
        }
    }

    private Untranslatable refuse(String reason) {
        return new Untranslatable(reason, at, reason.contains("not supported"));
    }

    private static final class Untranslatable extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final int at;
        private final boolean wellFormed;

        Untranslatable(String reason, int at, boolean wellFormed) {
            super(reason);
            this.at = at;
            this.wellFormed = wellFormed;
        }
    }
}
