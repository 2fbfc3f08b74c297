package dev.fairlead.cli.haproxy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What haproxy was asked on its command line.
///
/// @param files configuration files and folders of them, in order
/// @param version whether the version is shown; `build` with how it was built
/// @param check whether the configuration is checked only
/// @param quiet whether success and warnings are not worth a line
/// @param background whether the program goes to the background; empty: as the configuration says
/// @param reloads whether a signal makes it read its configuration anew (master-worker mode)
/// @param pidFile over that of the configuration
/// @param folder where relative names start
/// @param old the programs that this one takes over from
/// @param endsOld whether they end at once; else when their connections have
/// @param strict whether a warning is a fault
/// @param ineffective options as written that are about the inside of another program
public record HaproxyArguments(
        List<String> files,
        boolean version,
        boolean build,
        boolean check,
        boolean quiet,
        Optional<Boolean> background,
        boolean reloads,
        Optional<String> pidFile,
        Optional<String> folder,
        List<Long> old,
        boolean endsOld,
        boolean strict,
        List<String> ineffective) {
    public HaproxyArguments {
        files = List.copyOf(files);
        old = List.copyOf(old);
        ineffective = List.copyOf(ineffective);
    }

    /// What came of reading them.
    public sealed interface Reading {
        record Understood(HaproxyArguments arguments) implements Reading {}

        /// The usage is shown.
        record Refused() implements Reading {}
    }

    /// @param words without the program's own name
    public static Reading read(List<String> words) {
        Reader reader = new Reader(words);
        return reader.run() ? new Reading.Understood(reader.result()) : new Reading.Refused();
    }

    private static final class Reader {
        private final List<String> words;
        private final List<String> files = new ArrayList<>();
        private final List<Long> old = new ArrayList<>();
        private final List<String> ineffective = new ArrayList<>();
        private int next;
        private boolean version;
        private boolean build;
        private boolean check;
        private boolean quiet;
        private boolean reloads;
        private boolean endsOld;
        private boolean strict;
        private @Nullable Boolean background;
        private @Nullable String pidFile;
        private @Nullable String folder;

        Reader(List<String> words) {
            this.words = words;
        }

        HaproxyArguments result() {
            return new HaproxyArguments(
                    files,
                    version,
                    build,
                    check,
                    quiet,
                    Optional.ofNullable(background),
                    reloads,
                    Optional.ofNullable(pidFile),
                    Optional.ofNullable(folder),
                    old,
                    endsOld,
                    strict,
                    ineffective);
        }

        boolean run() {
            while (next < words.size()) {
                String word = words.get(next++);
                if (word.equals("--")) {
                    files.addAll(words.subList(next, words.size()));
                    return true;
                }
                if (!word.startsWith("-") || !(flag(word) || valued(word))) {
                    return false;
                }
            }
            return true;
        }

        private boolean flag(String word) {
            switch (word) {
                case "-v" -> version = true;
                case "-vv" -> {
                    version = true;
                    build = true;
                }
                case "-c" -> check = true;
                case "-q" -> quiet = true;
                case "-V" -> quiet = false;
                case "-D" -> background = true;
                case "-db", "-d" -> background = false;
                case "-W", "-Ws" -> reloads = true;
                case "-dW" -> strict = true;
                case "-sf", "-st" -> {
                    endsOld = word.equals("-st");
                    processes();
                }
                default -> {
                    if (word.startsWith("-d")) {
                        ineffective.add(word);
                    }
                    return word.startsWith("-d");
                }
            }
            return true;
        }

        private void processes() {
            while (next < words.size() && words.get(next).matches("\\d{1,9}")) {
                old.add(Long.parseLong(words.get(next++)));
            }
        }

        private boolean valued(String word) {
            if (next >= words.size() || !word.matches("-[fpCnNmLxS]|-cc")) {
                return false;
            }
            String value = words.get(next++);
            switch (word) {
                case "-f" -> files.add(value);
                case "-p" -> pidFile = value;
                case "-C" -> folder = value;
                default -> ineffective.add(word + " " + value);
            }
            return true;
        }
    }
}
