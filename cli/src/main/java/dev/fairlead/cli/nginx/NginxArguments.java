package dev.fairlead.cli.nginx;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What nginx was asked on its command line. Options may be run together (`-tq`), and a value may follow its
/// letter at once (`-c/etc/x.conf`) or as the next argument.
///
/// @param help whether the help is shown, after the version
/// @param version whether the version is shown
/// @param build whether how it was built is shown, after the version
/// @param test whether the configuration is tested only
/// @param dump whether it is printed as well
/// @param quiet whether success is not worth a line
/// @param globals directives outside of the configuration file; of several the last counts
/// @param signal what the running program is told: `stop`, `quit`, `reopen` or `reload`
public record NginxArguments(
        boolean help,
        boolean version,
        boolean build,
        boolean test,
        boolean dump,
        boolean quiet,
        Optional<String> prefix,
        Optional<String> configuration,
        Optional<String> errorLog,
        Optional<String> globals,
        Optional<String> signal) {

    private static final Set<String> SIGNALS = Set.of("stop", "quit", "reopen", "reload");

    /// What came of reading them.
    public sealed interface Reading {
        record Understood(NginxArguments arguments) implements Reading {}

        /// @param message in nginx's words, without its name
        record Refused(String message) implements Reading {}
    }

    /// @param words without the program's own name
    public static Reading read(List<String> words) {
        Reader reader = new Reader(words);
        String refusal = reader.run();
        return refusal == null ? new Reading.Understood(reader.result()) : new Reading.Refused(refusal);
    }

    private static final class Reader {
        private final List<String> words;
        private int next;
        private boolean help;
        private boolean version;
        private boolean build;
        private boolean test;
        private boolean dump;
        private boolean quiet;
        private @Nullable String prefix;
        private @Nullable String configuration;
        private @Nullable String errorLog;
        private @Nullable String globals;
        private @Nullable String signal;

        Reader(List<String> words) {
            this.words = words;
        }

        NginxArguments result() {
            return new NginxArguments(
                    help,
                    version,
                    build,
                    test,
                    dump,
                    quiet,
                    Optional.ofNullable(prefix),
                    Optional.ofNullable(configuration),
                    Optional.ofNullable(errorLog),
                    Optional.ofNullable(globals),
                    Optional.ofNullable(signal));
        }

        @Nullable
        String run() {
            while (next < words.size()) {
                String word = words.get(next++);
                String refusal = word.startsWith("-") ? letters(word) : "invalid option: \"" + word + "\"";
                if (refusal != null) {
                    return refusal;
                }
            }
            return null;
        }

        private @Nullable String letters(String word) {
            for (int i = 1; i < word.length(); i++) {
                char letter = word.charAt(i);
                if ("pcegs".indexOf(letter) >= 0) {
                    return valued(letter, word.substring(i + 1));
                }
                if (!flag(letter)) {
                    return "invalid option: \"" + letter + "\"";
                }
            }
            return null;
        }

        private boolean flag(char letter) {
            switch (letter) {
                case '?', 'h' -> {
                    version = true;
                    help = true;
                }
                case 'v' -> version = true;
                case 'V' -> {
                    version = true;
                    build = true;
                }
                case 't' -> test = true;
                case 'T' -> {
                    test = true;
                    dump = true;
                }
                case 'q' -> quiet = true;
                default -> {
                    return false;
                }
            }
            return true;
        }

        private @Nullable String valued(char letter, String attached) {
            String value = attached;
            if (value.isEmpty() && next < words.size()) {
                value = words.get(next++);
            }
            if (value.isEmpty()) {
                return "option \"-" + letter + "\" requires " + missing(letter);
            }
            return store(letter, value);
        }

        private @Nullable String store(char letter, String value) {
            switch (letter) {
                case 'p' -> prefix = value;
                case 'c' -> configuration = value;
                case 'e' -> errorLog = value;
                case 'g' -> globals = value;
                default -> {
                    if (!SIGNALS.contains(value)) {
                        return "invalid option: \"-s " + value + "\"";
                    }
                    signal = value;
                }
            }
            return null;
        }

        private static String missing(char letter) {
            return switch (letter) {
                case 'p' -> "directory name";
                case 'c', 'e' -> "file name";
                default -> "parameter";
            };
        }
    }
}
