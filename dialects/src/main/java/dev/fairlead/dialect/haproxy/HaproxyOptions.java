package dev.fairlead.dialect.haproxy;

import dev.fairlead.dialect.FileSource;
import dev.fairlead.dialect.PathResolver;
import dev.fairlead.model.net.Address;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;

/// What surrounds a configuration.
///
/// @param files where configuration is read from
/// @param paths where absolute paths of the configuration lie
/// @param environment variables that the text may refer to
/// @param sockets where a socket listens that the program was given, by its descriptor; empty if there is none
public record HaproxyOptions(
        FileSource files, PathResolver paths, Map<String, String> environment, IntFunction<Optional<Address>> sockets) {
    public HaproxyOptions {
        environment = Map.copyOf(environment);
    }

    /// The machine's files, no variables and no sockets.
    public static HaproxyOptions plain() {
        return new HaproxyOptions(FileSource.disk(), PathResolver.identity(), Map.of(), none -> Optional.empty());
    }

    public HaproxyOptions withFiles(FileSource source) {
        return new HaproxyOptions(source, paths, environment, sockets);
    }

    public HaproxyOptions withPaths(PathResolver resolver) {
        return new HaproxyOptions(files, resolver, environment, sockets);
    }

    public HaproxyOptions withEnvironment(Map<String, String> variables) {
        return new HaproxyOptions(files, paths, variables, sockets);
    }

    public HaproxyOptions withSockets(IntFunction<Optional<Address>> given) {
        return new HaproxyOptions(files, paths, environment, given);
    }
}
