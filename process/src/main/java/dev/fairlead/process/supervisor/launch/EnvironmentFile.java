package dev.fairlead.process.supervisor.launch;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/// Reads the text of an environment file as systemd does: `NAME=value` lines, `#` and `;` comments, quotes around
/// (parts of) a value, a backslash that takes the next character literally or joins lines. Lines that are no
/// assignment are left out.
final class EnvironmentFile {
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private final String text;
    private final Map<String, String> variables = new LinkedHashMap<>();
    private int at;

    private EnvironmentFile(String text) {
        this.text = text;
    }

    static Map<String, String> parse(String text) {
        EnvironmentFile file = new EnvironmentFile(text.replace("\r\n", "\n"));
        while (file.at < file.text.length()) {
            file.readLine();
        }
        return file.variables;
    }

    private void readLine() {
        skipBlanks();
        if (at < text.length() && (text.charAt(at) == '#' || text.charAt(at) == ';')) {
            skipLine();
            return;
        }
        int end = text.indexOf('\n', at);
        int equals = text.indexOf('=', at);
        if (equals < 0 || (end >= 0 && equals > end)) {
            skipLine();
            return;
        }
        String name = text.substring(at, equals).strip();
        at = equals + 1;
        String value = readValue();
        if (NAME.matcher(name).matches()) {
            variables.put(name, value);
        }
    }

    private String readValue() {
        skipBlanks();
        StringBuilder value = new StringBuilder();
        int kept = 0;
        while (at < text.length() && text.charAt(at) != '\n') {
            char c = text.charAt(at++);
            if (c == '\'' || c == '"') {
                readQuoted(c, value);
                kept = value.length();
            } else if (c == '\\' && at < text.length()) {
                char next = text.charAt(at++);
                if (next != '\n') {
                    value.append(next);
                    kept = value.length();
                }
            } else {
                value.append(c);
                if (c != ' ' && c != '\t') {
                    kept = value.length();
                }
            }
        }
        at++;
        value.setLength(kept);
        return value.toString();
    }

    private void readQuoted(char quote, StringBuilder value) {
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == quote) {
                return;
            }
            if (c == '\\' && quote == '"' && at < text.length()) {
                char next = text.charAt(at++);
                if (next == '\n') {
                    continue;
                }
                // Within double quotes a backslash is one unless it stands before what the shell would escape.
                if ("\"\\`$".indexOf(next) < 0) {
                    value.append('\\');
                }
                value.append(next);
            } else {
                value.append(c);
            }
        }
    }

    private void skipBlanks() {
        while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
            at++;
        }
    }

    private void skipLine() {
        int end = text.indexOf('\n', at);
        at = end < 0 ? text.length() : end + 1;
    }
}
