package dev.fairlead.dialect.gunicorn;

import dev.fairlead.unit.Suggestion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// gunicorn's command line: `gunicorn [OPTIONS] [APP_MODULE]`. Long options may be shortened as long as it is clear
/// which is meant, as Python's argparse has it.
///
/// @param target the application; empty if none was named
/// @param values what was given, by the names of settings, in order
/// @param help whether it was asked for
/// @param version whether it was asked for
public record CommandLine(Optional<String> target, Map<String, List<String>> values, boolean help, boolean version) {
    /// As gunicorn has it since 24; before, it was a flag.
    static final Set<String> PROXY_VERSIONS = Set.of("v1", "v2", "auto");

    private static boolean isProxyMode(String word) {
        return PROXY_VERSIONS.contains(word) || word.equals("off");
    }

    /// @param words without the program's own name
    public static CommandLine parse(List<String> words) throws Fault {
        Map<String, List<String>> values = new LinkedHashMap<>();
        List<String> targets = new ArrayList<>();
        boolean help = false;
        boolean version = false;
        boolean isOver = false;
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (isOver || word.equals("-") || !word.startsWith("-")) {
                targets.add(word);
            } else if (word.equals("--")) {
                isOver = true;
            } else if (word.equals("-h") || word.equals("--help")) {
                help = true;
            } else if (word.equals("-v") || word.equals("--version")) {
                version = true;
            } else {
                i += option(word, i + 1 < words.size() ? Optional.of(words.get(i + 1)) : Optional.empty(), values);
            }
        }
        if (targets.size() > 1) {
            throw usage("unrecognized arguments: " + String.join(" ", targets.subList(1, targets.size())));
        }
        return new CommandLine(targets.stream().findFirst(), values, help, version);
    }

    /// @return how many of the words behind it belong to it
    private static int option(String word, Optional<String> next, Map<String, List<String>> values) throws Fault {
        String flag = word;
        Optional<String> attached = Optional.empty();
        int equals = word.indexOf('=');
        if (word.startsWith("--") && equals > 0) {
            flag = word.substring(0, equals);
            attached = Optional.of(word.substring(equals + 1));
        } else if (!word.startsWith("--") && word.length() > 2) {
            flag = word.substring(0, 2);
            String rest = word.substring(2);
            attached = Optional.of(rest.startsWith("=") ? rest.substring(1) : rest);
        }
        Setting setting = setting(flag);
        List<String> given = values.computeIfAbsent(setting.name(), name -> new ArrayList<>());
        if (setting.name().equals("proxy_protocol")) {
            Optional<String> following = attached.isPresent() ? attached : next.filter(CommandLine::isProxyMode);
            if (!following.map(CommandLine::isProxyMode).orElse(true)) {
                throw usage("argument --proxy-protocol: invalid value: '" + attached.orElse("") + "'");
            }
            given.add(following.orElse("auto"));
            return attached.isEmpty() && following.isPresent() ? 1 : 0;
        }
        if (setting.isFlag() || setting.name().equals("sendfile")) {
            given.add("True");
            if (attached.isPresent() && !word.startsWith("--")) {
                // Several short ones in one word.
                return option("-" + attached.get(), next, values);
            }
            if (attached.isPresent()) {
                throw usage("argument " + String.join("/", setting.flags()) + ": ignored explicit argument '"
                        + attached.get() + "'");
            }
            return 0;
        }
        if (attached.isPresent()) {
            given.add(attached.get());
            return 0;
        }
        if (next.isEmpty() || (next.get().startsWith("-") && next.get().length() > 1 && !isNumber(next.get()))) {
            throw usage("argument " + String.join("/", setting.flags()) + ": expected one argument");
        }
        given.add(next.get());
        return 1;
    }

    private static boolean isNumber(String text) {
        return text.matches("-\\d+");
    }

    private static Setting setting(String flag) throws Fault {
        Optional<Setting> exact = SettingsTable.flagged(flag);
        if (exact.isPresent()) {
            return exact.get();
        }
        List<String> meant = flag.startsWith("--") && flag.length() > 2
                ? SettingsTable.flags().stream()
                        .filter(known -> known.startsWith(flag))
                        .toList()
                : List.of();
        List<Setting> settings = meant.stream()
                .flatMap(known -> SettingsTable.flagged(known).stream())
                .distinct()
                .toList();
        if (settings.size() == 1) {
            return settings.getFirst();
        }
        if (settings.size() > 1) {
            throw usage("ambiguous option: " + flag + " could match " + String.join(", ", meant));
        }
        String near = Suggestion.nearest(flag, SettingsTable.flags())
                .map(known -> " (did you mean " + known + "?)")
                .orElse("");
        throw usage("unrecognized arguments: " + flag + near);
    }

    static Fault usage(String message) {
        return new Fault(2, "usage: gunicorn [OPTIONS] [APP_MODULE]\ngunicorn: error: " + message);
    }

    /// Splits a text into words as a shell would: for GUNICORN_CMD_ARGS.
    public static List<String> split(String text) throws Fault {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean isBegun = false;
        char quote = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quote != 0) {
                if (c == quote) {
                    quote = 0;
                } else if (c == '\\' && quote == '"' && i + 1 < text.length()) {
                    word.append(text.charAt(++i));
                } else {
                    word.append(c);
                }
            } else if (c == '\'' || c == '"') {
                quote = c;
                isBegun = true;
            } else if (c == '\\' && i + 1 < text.length()) {
                word.append(text.charAt(++i));
                isBegun = true;
            } else if (Character.isWhitespace(c)) {
                if (isBegun) {
                    words.add(word.toString());
                    word.setLength(0);
                    isBegun = false;
                }
            } else {
                word.append(c);
                isBegun = true;
            }
        }
        if (quote != 0) {
            throw usage("GUNICORN_CMD_ARGS: no closing quotation");
        }
        if (isBegun) {
            words.add(word.toString());
        }
        return words;
    }
}
