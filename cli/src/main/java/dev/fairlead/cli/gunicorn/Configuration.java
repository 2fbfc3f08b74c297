package dev.fairlead.cli.gunicorn;

import dev.fairlead.dialect.gunicorn.CommandLine;
import dev.fairlead.dialect.gunicorn.Fault;
import dev.fairlead.dialect.gunicorn.GunicornApplication;
import dev.fairlead.dialect.gunicorn.GunicornSettings;
import dev.fairlead.dialect.gunicorn.SettingsTable;
import dev.fairlead.model.app.Application;
import dev.fairlead.source.Diagnostic;
import dev.fairlead.source.SourceFile;
import dev.fairlead.source.Span;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// All that a call of gunicorn means: read anew for each reload, since the configuration file may have changed.
///
/// @param settings from all sources
/// @param application what is to be run; empty if none was named
/// @param file the configuration file that was run
/// @param remarks what that file says to no effect
public record Configuration(
        GunicornSettings settings, Optional<Application> application, Optional<String> file, List<Diagnostic> remarks) {
    private static final String USUAL_FILE = "gunicorn.conf.py";

    /// Whoever runs a configuration file: Python.
    public interface FileRunner {
        /// @param where a path, or `python:MODULE`
        /// @return what it printed
        /// @throws IOException holding the traceback if it fails
        String run(String where) throws IOException;
    }

    /// @param words without the program's own name
    public static Configuration read(
            CommandLine words, Map<String, String> environment, Path directory, FileRunner runner)
            throws Fault, IOException {
        CommandLine variable = CommandLine.parse(CommandLine.split(environment.getOrDefault("GUNICORN_CMD_ARGS", "")));
        Optional<String> file = file(words, variable, directory);
        Map<String, List<String>> fromFile = file.isPresent() ? values(runner.run(file.get())) : Map.of();
        GunicornSettings settings = GunicornSettings.merge(words, variable, fromFile, environment);
        Optional<Application> application = settings.target().isEmpty()
                ? Optional.empty()
                : Optional.of(GunicornApplication.of(settings, directory, file, environment, origin(words)));
        return new Configuration(settings, application, file, remarks(file, fromFile));
    }

    /// Names of the file that are nearly those of settings: gunicorn passes over what it does not know.
    private static List<Diagnostic> remarks(Optional<String> file, Map<String, List<String>> fromFile)
            throws IOException {
        if (file.isEmpty() || file.get().startsWith("python:")) {
            return List.of();
        }
        List<Diagnostic> remarks = new ArrayList<>();
        for (String name : fromFile.keySet()) {
            Optional<String> near = SettingsTable.misspelt(name);
            if (near.isPresent()) {
                SourceFile text = new SourceFile(file.get(), Files.readString(Path.of(file.get())));
                Matcher set = Pattern.compile("(?m)^(?:(?:async )?def )?(" + Pattern.quote(name) + ")\\b")
                        .matcher(text.text());
                Span at = set.find() ? text.span(set.start(1), set.end(1)) : text.span(0, 0);
                remarks.add(Diagnostic.warning(
                                "gunicorn.unknown-setting",
                                at,
                                "\"" + name + "\" is no setting of gunicorn: it is passed over")
                        .hint("did you mean " + near.get() + "?"));
            }
        }
        return remarks;
    }

    private static Span origin(CommandLine words) {
        String text = "gunicorn " + words.target().orElse("");
        return new Span(new SourceFile("gunicorn", text), 0, text.length());
    }

    private static Optional<String> file(CommandLine words, CommandLine variable, Path directory) throws IOException {
        List<String> given =
                words.values().getOrDefault("config", variable.values().getOrDefault("config", List.of()));
        if (given.isEmpty()) {
            Path usual = directory.resolve(USUAL_FILE);
            return Files.exists(usual) ? Optional.of(usual.toString()) : Optional.empty();
        }
        String where = given.getLast();
        if (where.equals("none") || where.isEmpty()) {
            return Optional.empty();
        }
        if (where.startsWith("python:")) {
            return Optional.of(where);
        }
        Path path = directory.resolve(where.startsWith("file:") ? where.substring("file:".length()) : where);
        if (!Files.exists(path)) {
            throw new IOException("Error: '" + where + "' doesn't exist");
        }
        return Optional.of(path.toString());
    }

    /// What `fairlead_worker config` prints.
    private static Map<String, List<String>> values(String printed) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        for (String line : printed.lines().toList()) {
            List<String> fields = new ArrayList<>(List.of(line.split("\t", -1)));
            if (fields.size() >= 3 || (fields.size() == 2 && fields.get(1).equals("list"))) {
                List<String> texts = fields.subList(2, fields.size()).stream()
                        .map(Configuration::unescaped)
                        .toList();
                boolean isNothing =
                        fields.get(1).equals("value") && texts.getFirst().isEmpty();
                if (!isNothing) {
                    values.put(fields.getFirst(), texts);
                }
            }
        }
        return values;
    }

    private static String unescaped(String text) {
        if (text.indexOf('\\') < 0) {
            return text;
        }
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '\\' || i + 1 == text.length()) {
                out.append(c);
                continue;
            }
            char escaped = text.charAt(++i);
            out.append(escaped == 't' ? '\t' : escaped == 'n' ? '\n' : escaped);
        }
        return out.toString();
    }

    /// Runs the file with Python.
    ///
    /// @param python the interpreter
    /// @param pythonSide the folder that holds `fairlead_worker`
    static FileRunner python(Path python, Path pythonSide, Path directory) {
        return where -> {
            Process process = new ProcessBuilder(
                            python.toString(),
                            pythonSide.resolve("fairlead_worker").toString(),
                            "config",
                            where)
                    .directory(directory.toFile())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            process.getOutputStream().close();
            String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            try {
                if (process.waitFor() != 0) {
                    throw new IOException("Failed to read config file: " + where);
                }
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted");
            }
            return printed;
        };
    }
}
