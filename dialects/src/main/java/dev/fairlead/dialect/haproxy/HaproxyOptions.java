package dev.fairlead.dialect.haproxy;

import dev.fairlead.dialect.FileSource;
import dev.fairlead.dialect.PathResolver;
import java.util.Map;

/// What surrounds a configuration.
///
/// @param files where configuration is read from
/// @param paths where absolute paths of the configuration lie
/// @param environment variables that the text may refer to
public record HaproxyOptions(FileSource files, PathResolver paths, Map<String, String> environment) {
    public HaproxyOptions {
        environment = Map.copyOf(environment);
    }

    /// The machine's files and no variables.
    public static HaproxyOptions plain() {
        return new HaproxyOptions(FileSource.disk(), PathResolver.identity(), Map.of());
    }

    public HaproxyOptions withFiles(FileSource source) {
        return new HaproxyOptions(source, paths, environment);
    }

    public HaproxyOptions withPaths(PathResolver resolver) {
        return new HaproxyOptions(files, resolver, environment);
    }

    public HaproxyOptions withEnvironment(Map<String, String> variables) {
        return new HaproxyOptions(files, paths, variables);
    }
}
