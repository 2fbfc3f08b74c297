package dev.fairlead.dialect.haproxy.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Evaluates the text behind `.if`: numbers, predicates, `!`, `&&`, `||` and parentheses.
final class ConditionText {
    /// The release whose behaviour is followed.
    private static final String VERSION = "2.6.12";

    private static final List<String> FEATURES = List.of("OPENSSL", "EPOLL", "THREAD", "LINUX_TPROXY", "GETADDRINFO");

    private final Environment environment;
    private String text = "";
    private int at;

    ConditionText(Environment environment) {
        this.environment = environment;
    }

    /// @throws IllegalArgumentException with the reason if the text is no condition
    boolean holds(String condition) {
        text = condition.strip();
        at = 0;
        if (text.isEmpty()) {
            return false;
        }
        boolean result = either();
        skipSpaces();
        if (at < text.length()) {
            throw new IllegalArgumentException("unexpected text '" + text.substring(at) + "' in condition");
        }
        return result;
    }

    private boolean either() {
        boolean result = both();
        while (takes("||")) {
            result |= both();
        }
        return result;
    }

    private boolean both() {
        boolean result = term();
        while (takes("&&")) {
            result &= term();
        }
        return result;
    }

    private boolean term() {
        if (takes("!")) {
            return !term();
        }
        if (takes("(")) {
            boolean result = either();
            if (!takes(")")) {
                throw new IllegalArgumentException("missing ')' in condition");
            }
            return result;
        }
        int start = at;
        while (at < text.length() && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_')) {
            at++;
        }
        String name = text.substring(start, at);
        if (name.isEmpty()) {
            throw new IllegalArgumentException("condition expected at '" + text.substring(at) + "'");
        }
        if (name.chars().allMatch(Character::isDigit)) {
            return !name.chars().allMatch(c -> c == '0');
        }
        return predicate(name, arguments());
    }

    private List<String> arguments() {
        List<String> arguments = new ArrayList<>();
        if (!takes("(")) {
            return arguments;
        }
        int close = text.indexOf(')', at);
        if (close < 0) {
            throw new IllegalArgumentException("missing ')' behind a predicate's arguments");
        }
        for (String argument : text.substring(at, close).split(",", -1)) {
            String bare = argument.strip();
            boolean quoted = bare.length() >= 2 && bare.startsWith("\"") && bare.endsWith("\"");
            arguments.add(quoted ? bare.substring(1, bare.length() - 1) : bare);
        }
        at = close + 1;
        return arguments;
    }

    private boolean predicate(String name, List<String> given) {
        int wanted = name.startsWith("str") ? 2 : 1;
        if (given.size() != wanted) {
            throw new IllegalArgumentException("predicate '" + name + "' takes " + wanted + " argument(s)");
        }
        return switch (name) {
            case "defined" -> environment.value(given.getFirst()).isPresent();
            case "feature" -> FEATURES.contains(given.getFirst().toUpperCase(Locale.ROOT));
            case "streq" -> given.get(0).equals(given.get(1));
            case "strneq" -> !given.get(0).equals(given.get(1));
            case "strstr" -> given.get(0).contains(given.get(1));
            case "version_atleast" -> compare(VERSION, given.getFirst()) >= 0;
            case "version_before" -> compare(VERSION, given.getFirst()) < 0;
            case "openssl_version_atleast" -> compare("3.0.0", given.getFirst()) >= 0;
            case "openssl_version_before" -> compare("3.0.0", given.getFirst()) < 0;
            case "ssllib_name_startswith" -> "OpenSSL".startsWith(given.getFirst());
            case "enabled" -> true;
            case "awslc_api_atleast" -> false;
            case "awslc_api_before" -> false;
            default -> throw new IllegalArgumentException("unknown predicate '" + name + "' in condition");
        };
    }

    private static int compare(String left, String right) {
        String[] ours = left.split("[.-]", -1);
        String[] theirs = right.split("[.-]", -1);
        for (int i = 0; i < Math.max(ours.length, theirs.length); i++) {
            int difference = number(ours, i) - number(theirs, i);
            if (difference != 0) {
                return difference;
            }
        }
        return 0;
    }

    private static int number(String[] parts, int index) {
        boolean isNumber = index < parts.length && parts[index].matches("\\d{1,6}");
        return isNumber ? Integer.parseInt(parts[index]) : 0;
    }

    private boolean takes(String token) {
        skipSpaces();
        if (text.startsWith(token, at)) {
            at += token.length();
            return true;
        }
        return false;
    }

    private void skipSpaces() {
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
    }
}
