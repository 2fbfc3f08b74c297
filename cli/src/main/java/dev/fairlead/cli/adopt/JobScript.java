package dev.fairlead.cli.adopt;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A shell script that does nothing but set variables, change its folder, and become a program.
///
/// @param words of the program's command line
/// @param variables it sets
/// @param folder it changes to
record JobScript(List<String> words, Map<String, String> variables, Optional<String> folder) {
    private static final Pattern ASSIGNMENT = Pattern.compile("([A-Za-z_][A-Za-z0-9_]*)=(.*)", Pattern.DOTALL);
    private static final Pattern REFERENCE = Pattern.compile("\\$(?:\\{([A-Za-z_]\\w*)}|([A-Za-z_]\\w*))");
    private static final String FOR_THE_SHELL = ";|&<>()`*?[]{}~!";

    JobScript {
        words = List.copyOf(words);
        variables = Map.copyOf(variables);
    }

    /// @param known variables the shell is started with
    /// @throws IOException naming the line that does more
    static JobScript read(String text, Map<String, String> known) throws IOException {
        return new Reader(known).read(text);
    }

    private static final class Reader {
        private final Map<String, String> known;
        private final Map<String, String> variables = new LinkedHashMap<>();
        private Optional<String> folder = Optional.empty();
        private List<String> words = List.of();

        Reader(Map<String, String> known) {
            this.known = known;
        }

        JobScript read(String text) throws IOException {
            for (String line :
                    text.replace("\\\n", " ").lines().map(String::strip).toList()) {
                if (line.isEmpty() || line.startsWith("#")) {
                    continue;
                }
                if (!words.isEmpty()) {
                    throw new IOException("its script goes on after gunicorn: " + line);
                }
                take(split(line));
            }
            return new JobScript(words, variables, folder);
        }

        private void take(List<String> split) {
            boolean isExport = split.getFirst().equals("export");
            List<String> rest = isExport ? split.subList(1, split.size()) : split;
            if (rest.stream().allMatch(word -> ASSIGNMENT.matcher(word).matches())) {
                rest.forEach(this::assign);
            } else if (split.getFirst().equals("cd") && split.size() == 2) {
                folder = Optional.of(split.get(1));
            } else {
                words = split.getFirst().equals("exec") ? split.subList(1, split.size()) : split;
            }
        }

        private void assign(String word) {
            Matcher matcher = ASSIGNMENT.matcher(word);
            if (matcher.matches()) {
                variables.put(matcher.group(1), matcher.group(2));
            }
        }

        /// As the shell splits words, as far as that can be told without one.
        private List<String> split(String line) throws IOException {
            List<String> all = new ArrayList<>();
            StringBuilder word = new StringBuilder();
            boolean isBegun = false;
            char quote = 0;
            for (int i = 0; i < line.length(); i++) {
                char c = line.charAt(i);
                boolean isQuote = quote == 0 ? c == '\'' || c == '"' : c == quote;
                if (isQuote) {
                    quote = quote == 0 ? c : 0;
                    isBegun = true;
                } else if (c == '$' && quote != '\'') {
                    Matcher reference = REFERENCE.matcher(line).region(i, line.length());
                    if (!reference.lookingAt()) {
                        throw new IOException("its script needs a shell: " + line);
                    }
                    word.append(value(reference));
                    isBegun = true;
                    i = reference.end() - 1;
                } else if (c == '\\' && quote != '\'' && i + 1 < line.length()) {
                    word.append(line.charAt(++i));
                    isBegun = true;
                } else if (quote == 0 && Character.isWhitespace(c)) {
                    if (isBegun) {
                        all.add(word.toString());
                    }
                    word.setLength(0);
                    isBegun = false;
                } else if ((quote == 0 && FOR_THE_SHELL.indexOf(c) >= 0) || c == '`') {
                    throw new IOException("its script needs a shell: " + line);
                } else {
                    word.append(c);
                    isBegun = true;
                }
            }
            if (isBegun) {
                all.add(word.toString());
            }
            if (all.isEmpty() || quote != 0) {
                throw new IOException("its script needs a shell: " + line);
            }
            return all;
        }

        private String value(Matcher reference) throws IOException {
            String name = reference.group(1) == null ? reference.group(2) : reference.group(1);
            String value = variables.containsKey(name) ? variables.get(name) : known.get(name);
            if (value == null) {
                throw new IOException("the value of $" + name + " is known only when it runs");
            }
            return value;
        }
    }
}
