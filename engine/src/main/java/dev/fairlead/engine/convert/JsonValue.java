package dev.fairlead.engine.convert;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Finds a text, a number or a truth value (`1` or `0`) in a JSON text (RFC 8259) without building it up.
public final class JsonValue {
    private static final int DEEPEST = 64;

    private final String text;
    private int at;
    private int depth;

    private JsonValue(String text) {
        this.text = text;
    }

    /// @param path `$`, then `.name` and `[number]`
    /// @return null if there is no such value, or the text is not sound up to there
    public static @Nullable String find(String path, String json) {
        JsonValue reader = new JsonValue(json);
        try {
            return reader.go(path) ? reader.value() : null;
        } catch (Unsound unsound) {
            return null;
        }
    }

    /// Whether a path is one.
    public static boolean isPath(String path) {
        return path.matches("\\$(\\.[^.\\[\\]]+|\\[[0-9]{1,9}])*");
    }

    private boolean go(String path) {
        int from = 1;
        while (from < path.length()) {
            if (path.charAt(from) == '.') {
                int end = from + 1;
                while (end < path.length() && path.charAt(end) != '.' && path.charAt(end) != '[') {
                    end++;
                }
                if (!enterMember(path.substring(from + 1, end))) {
                    return false;
                }
                from = end;
            } else {
                int end = path.indexOf(']', from);
                if (!enterItem(Integer.parseInt(path.substring(from + 1, end)))) {
                    return false;
                }
                from = end + 1;
            }
        }
        return true;
    }

    private boolean enterMember(String name) {
        if (!take('{')) {
            return false;
        }
        while (!take('}')) {
            skipBlanks();
            String key = string();
            expect(':');
            if (key.equals(name)) {
                return true;
            }
            skip();
            if (!take(',')) {
                expect('}');
                return false;
            }
        }
        return false;
    }

    private boolean enterItem(int number) {
        if (!take('[') || take(']')) {
            return false;
        }
        for (int i = 0; i < number; i++) {
            skip();
            if (!take(',')) {
                return false;
            }
        }
        return true;
    }

    private @Nullable String value() {
        skipBlanks();
        char first = at < text.length() ? text.charAt(at) : 0;
        if (first == '"') {
            return string();
        }
        if (first == '{' || first == '[') {
            return null;
        }
        int start = at;
        skip();
        String raw = text.substring(start, at);
        return switch (raw) {
            case "true" -> "1";
            case "false" -> "0";
            case "null" -> null;
            default -> raw;
        };
    }

    private void skip() {
        skipBlanks();
        if (at == text.length() || ++depth > DEEPEST) {
            throw new Unsound();
        }
        switch (text.charAt(at)) {
            case '"' -> {
                var _ = string();
            }
            case '{' -> skipObject();
            case '[' -> skipList();
            default -> skipWord();
        }
        depth--;
    }

    private void skipObject() {
        at++;
        if (take('}')) {
            return;
        }
        do {
            skipBlanks();
            var _ = string();
            expect(':');
            skip();
        } while (take(','));
        expect('}');
    }

    private void skipList() {
        at++;
        if (take(']')) {
            return;
        }
        do {
            skip();
        } while (take(','));
        expect(']');
    }

    private void skipWord() {
        int start = at;
        while (at < text.length() && " \t\r\n,]}:".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        String word = text.substring(start, at);
        boolean isSound = word.equals("true")
                || word.equals("false")
                || word.equals("null")
                || word.matches("-?[0-9]+(\\.[0-9]+)?([eE][-+]?[0-9]+)?");
        if (!isSound) {
            throw new Unsound();
        }
    }

    private String string() {
        if (at == text.length() || text.charAt(at) != '"') {
            throw new Unsound();
        }
        StringBuilder out = new StringBuilder();
        for (at++; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '"') {
                at++;
                return out.toString();
            }
            if (c == '\\') {
                at++;
                escape(out);
            } else {
                out.append(c);
            }
        }
        throw new Unsound();
    }

    private void escape(StringBuilder out) {
        char c = at < text.length() ? text.charAt(at) : 0;
        switch (c) {
            case '"', '\\', '/' -> out.append(c);
            case 'b' -> out.append('\b');
            case 'f' -> out.append('\f');
            case 'n' -> out.append('\n');
            case 'r' -> out.append('\r');
            case 't' -> out.append('\t');
            case 'u' -> {
                if (at + 4 >= text.length()) {
                    throw new Unsound();
                }
                String digits = text.substring(at + 1, at + 5);
                if (!digits.matches("[0-9a-fA-F]{4}")) {
                    throw new Unsound();
                }
                byte[] utf8 = Character.toString(Integer.parseInt(digits, 16)).getBytes(StandardCharsets.UTF_8);
                out.append(Plainly.text(utf8));
                at += 4;
            }
            default -> throw new Unsound();
        }
    }

    private boolean take(char c) {
        skipBlanks();
        if (at < text.length() && text.charAt(at) == c) {
            at++;
            return true;
        }
        return false;
    }

    private void expect(char c) {
        if (!take(c)) {
            throw new Unsound();
        }
    }

    private void skipBlanks() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private static final class Unsound extends RuntimeException {
        private static final long serialVersionUID = 1;

        private Unsound() {
            super("not JSON", null, false, false);
        }
    }
}
