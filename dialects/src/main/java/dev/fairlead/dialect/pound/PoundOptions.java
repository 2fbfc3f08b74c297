package dev.fairlead.dialect.pound;

import dev.fairlead.dialect.FileSource;
import dev.fairlead.dialect.PathResolver;
import java.util.Optional;

/// What surrounds a configuration.
///
/// @param files where configuration is read from
/// @param paths where absolute paths of the configuration lie
/// @param folder where relative names of files start, instead of the folder of the configuration; empty text for
///     where the program was started
public record PoundOptions(FileSource files, PathResolver paths, Optional<String> folder) {
    /// The machine's files.
    public static PoundOptions plain() {
        return new PoundOptions(FileSource.disk(), PathResolver.identity(), Optional.empty());
    }

    public PoundOptions withFiles(FileSource source) {
        return new PoundOptions(source, paths, folder);
    }

    public PoundOptions withPaths(PathResolver resolver) {
        return new PoundOptions(files, resolver, folder);
    }

    public PoundOptions withFolder(Optional<String> start) {
        return new PoundOptions(files, paths, start);
    }
}
