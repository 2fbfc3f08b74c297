package dev.fairlead.cli.adopt;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/// A command line that starts gunicorn: by its own name, through `env`, or as a module or script of a Python.
///
/// @param program gunicorn itself, or the Python that runs it, as the command line names it
/// @param isThere whether that is on this machine
/// @param python the interpreter it would run under, where that can be told
/// @param words what gunicorn is told
/// @param variables set on the way to it
record GunicornCall(
        String program, boolean isThere, Optional<Path> python, List<String> words, Map<String, String> variables) {
    private static final Pattern GUNICORN = Pattern.compile("gunicorn3?(-3(\\.\\d+)?)?");
    private static final Pattern PYTHON = Pattern.compile("python(3(\\.\\d+)?)?");
    private static final Pattern ASSIGNMENT = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*=.*", Pattern.DOTALL);
    private static final Set<String> PYTHON_OPTIONS_WITH_VALUE = Set.of("-W", "-X", "--check-hash-based-pycs");

    GunicornCall {
        words = List.copyOf(words);
        variables = Map.copyOf(variables);
    }

    /// @param words of a command line, the program first
    /// @param finder where a program lies; empty if it is not there
    /// @return empty if it is not gunicorn that is started, or not in a way that can be told
    static Optional<GunicornCall> of(List<String> words, Function<String, Optional<Path>> finder) {
        return new Reader(finder).read(words, new LinkedHashMap<>());
    }

    /// Whether a command line that cannot be read speaks of gunicorn: one that goes through a shell, say.
    static boolean isMentioned(List<String> words) {
        return words.stream().anyMatch(word -> word.contains("gunicorn"));
    }

    private record Reader(Function<String, Optional<Path>> finder) {
        Optional<GunicornCall> read(List<String> words, Map<String, String> variables) {
            if (words.isEmpty()) {
                return Optional.empty();
            }
            String program = words.getFirst();
            String name = program.substring(program.lastIndexOf('/') + 1);
            List<String> rest = words.subList(1, words.size());
            if (GUNICORN.matcher(name).matches()) {
                Optional<Path> found = finder.apply(program);
                return Optional.of(new GunicornCall(
                        program, found.isPresent(), pythonOf(Path.of(program), found), rest, variables));
            }
            if (PYTHON.matcher(name).matches()) {
                return python(program, rest, variables);
            }
            return name.equals("env") ? environment(rest, variables) : Optional.empty();
        }

        /// `env [-i] [-u NAME] [NAME=VALUE]... PROGRAM ...`; other options of it are not followed.
        private Optional<GunicornCall> environment(List<String> words, Map<String, String> variables) {
            int at = 0;
            while (at < words.size() && ASSIGNMENT.matcher(words.get(at)).matches()) {
                String word = words.get(at++);
                variables.put(word.substring(0, word.indexOf('=')), word.substring(word.indexOf('=') + 1));
            }
            return at < words.size() && words.get(at).startsWith("-")
                    ? Optional.empty()
                    : read(words.subList(at, words.size()), variables);
        }

        /// `python [OPTION]... -m gunicorn ...` and `python [OPTION]... /path/to/gunicorn ...`.
        private Optional<GunicornCall> python(String program, List<String> words, Map<String, String> variables) {
            int at = 0;
            while (at < words.size()
                    && words.get(at).startsWith("-")
                    && !words.get(at).equals("-m")) {
                at += PYTHON_OPTIONS_WITH_VALUE.contains(words.get(at)) ? 2 : 1;
            }
            boolean isModule = at < words.size() && words.get(at).equals("-m");
            int named = isModule ? at + 1 : at;
            if (named >= words.size()) {
                return Optional.empty();
            }
            String what = words.get(named);
            boolean isGunicorn = isModule
                    ? what.equals("gunicorn") || what.equals("gunicorn.app.wsgiapp")
                    : GUNICORN.matcher(what.substring(what.lastIndexOf('/') + 1))
                            .matches();
            if (!isGunicorn) {
                return Optional.empty();
            }
            Optional<Path> found = finder.apply(program);
            boolean isThere = found.isPresent() && (isModule ? hasModule(found.get()) : Files.exists(Path.of(what)));
            return Optional.of(new GunicornCall(
                    isModule ? program + " -m gunicorn" : what,
                    isThere,
                    found,
                    words.subList(named + 1, words.size()),
                    variables));
        }

        /// Looks where modules of that Python lie; whether it could be imported only Python itself knows for
        /// sure.
        private static boolean hasModule(Path python) {
            Path prefix = python.toAbsolutePath().normalize().getParent();
            Path root = prefix == null ? null : prefix.getParent();
            if (root == null) {
                return false;
            }
            List<Path> places = new ArrayList<>(List.of(root.resolve("lib/python3/dist-packages/gunicorn")));
            try (var versions = Files.newDirectoryStream(root.resolve("lib"), "python3*")) {
                versions.forEach(version -> places.add(version.resolve("site-packages/gunicorn")));
            } catch (IOException none) {
                return false;
            }
            try (var versions = Files.newDirectoryStream(root.resolve("local/lib"), "python3*")) {
                versions.forEach(version -> places.add(version.resolve("dist-packages/gunicorn")));
            } catch (IOException none) {
                return places.stream().anyMatch(Files::isDirectory);
            }
            return places.stream().anyMatch(Files::isDirectory);
        }

        /// What the script's first line says, else the Python beside it: that of the virtual environment it
        /// would be in.
        private static Optional<Path> pythonOf(Path named, Optional<Path> found) {
            Optional<Path> said = found.flatMap(Reader::interpreter);
            if (said.isPresent()) {
                return said;
            }
            Path folder = found.orElse(named).getParent();
            return folder == null
                    ? Optional.empty()
                    : List.of("python", "python3").stream()
                            .map(folder::resolve)
                            .filter(Files::isExecutable)
                            .findFirst();
        }

        private static Optional<Path> interpreter(Path script) {
            try (BufferedReader reader = Files.newBufferedReader(script, StandardCharsets.ISO_8859_1)) {
                String line = String.valueOf(reader.readLine());
                String path = line.startsWith("#!/") ? line.substring(2).split("[ \t]", 2)[0] : "";
                boolean isPython = PYTHON.matcher(path.substring(path.lastIndexOf('/') + 1))
                        .matches();
                return isPython && Files.isExecutable(Path.of(path)) ? Optional.of(Path.of(path)) : Optional.empty();
            } catch (IOException unreadable) {
                return Optional.empty();
            }
        }
    }
}
