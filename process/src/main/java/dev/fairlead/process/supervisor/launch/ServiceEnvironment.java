package dev.fairlead.process.supervisor.launch;

import dev.fairlead.model.service.Service;
import dev.fairlead.model.service.execution.EnvironmentSource;
import dev.fairlead.os.Accounts;
import dev.fairlead.source.Diagnostic;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Makes the environment of a service: what the supervisor tells it, then what it asks to inherit, what its unit
/// says, what its files say; what comes later wins, and what it wants unset goes last.
public final class ServiceEnvironment {
    private ServiceEnvironment() {}

    /// @param common what every service finds
    /// @param told what the supervisor itself tells it
    static Map<String, String> of(
            Service service, Optional<Accounts.User> user, Map<String, String> common, Map<String, String> told)
            throws StartFailure {
        Map<String, String> variables = new LinkedHashMap<>(common);
        user.ifPresent(one -> {
            variables.put("USER", one.name());
            variables.put("LOGNAME", one.name());
            variables.put("HOME", one.home());
            variables.put("SHELL", one.shell());
        });
        variables.putAll(ServiceFolders.variables(service.execution().confinement()));
        variables.putAll(told);
        List<EnvironmentSource> sources = service.execution().environment();
        for (EnvironmentSource source : sources) {
            if (source instanceof EnvironmentSource.Inherited inherited) {
                Optional.ofNullable(System.getenv(inherited.name()))
                        .ifPresent(value -> variables.put(inherited.name(), value));
            }
        }
        for (EnvironmentSource source : sources) {
            if (source instanceof EnvironmentSource.Variable variable) {
                variables.put(variable.name(), variable.value());
            }
        }
        for (EnvironmentSource source : sources) {
            if (source instanceof EnvironmentSource.FromFile file) {
                variables.putAll(read(file));
            }
        }
        for (EnvironmentSource source : sources) {
            if (source instanceof EnvironmentSource.Unset unset) {
                unset(variables, unset);
            }
        }
        return variables;
    }

    private static void unset(Map<String, String> variables, EnvironmentSource.Unset unset) {
        String value = variables.get(unset.name());
        if (value != null && (unset.value().isEmpty() || unset.value().get().equals(value))) {
            variables.remove(unset.name());
        }
    }

    /// Says that a file is not there without which the service cannot start; nothing of one that may not be looked
    /// at.
    public static Optional<Diagnostic> missing(EnvironmentSource source) {
        if (!(source instanceof EnvironmentSource.FromFile file) || file.mayBeMissing()) {
            return Optional.empty();
        }
        try {
            List<Path> files = files(file.path());
            if (!files.isEmpty() && files.stream().noneMatch(Files::notExists)) {
                return Optional.empty();
            }
        } catch (IOException unreadable) {
            return Optional.empty();
        }
        return Optional.of(Diagnostic.warning(
                        "service.environment-file", file.origin(), "there is no file " + file.path())
                .hint("the service cannot start without it, unless a - stands before the path; --root says where the"
                        + " folder's own / is"));
    }

    private static Map<String, String> read(EnvironmentSource.FromFile source) throws StartFailure {
        Map<String, String> variables = new LinkedHashMap<>();
        try {
            List<Path> files = files(source.path());
            if (files.isEmpty()) {
                throw new IOException("No such file or directory");
            }
            for (Path file : files) {
                variables.putAll(EnvironmentFile.parse(Files.readString(file)));
            }
        } catch (IOException unreadable) {
            if (!source.mayBeMissing()) {
                throw new StartFailure(
                        StartFailure.ENVIRONMENT,
                        "Failed to load environment file " + source.path() + ": " + reason(unreadable),
                        source.origin());
            }
        }
        return variables;
    }

    private static String reason(IOException failure) {
        return switch (failure) {
            case NoSuchFileException _ -> "No such file or directory";
            case AccessDeniedException _ -> "Permission denied";
            case IOException other -> String.valueOf(other.getMessage());
        };
    }

    /// The file itself, or those a pattern in its last part matches, by name.
    private static List<Path> files(Path path) throws IOException {
        String name = path.getFileName().toString();
        if (name.chars().noneMatch(c -> c == '*' || c == '?' || c == '[')) {
            return List.of(path);
        }
        List<Path> files = new ArrayList<>();
        Path folder = path.getParent();
        if (folder != null && Files.isDirectory(folder)) {
            try (DirectoryStream<Path> matches = Files.newDirectoryStream(folder, name)) {
                matches.forEach(files::add);
            }
        }
        files.sort(null);
        return files;
    }
}
