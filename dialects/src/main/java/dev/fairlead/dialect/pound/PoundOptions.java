package dev.fairlead.dialect.pound;

import dev.fairlead.dialect.FileSource;
import dev.fairlead.dialect.PathResolver;

/// What surrounds a configuration.
///
/// @param files where configuration is read from
/// @param paths where absolute paths of the configuration lie
public record PoundOptions(FileSource files, PathResolver paths) {
    /// The machine's files.
    public static PoundOptions plain() {
        return new PoundOptions(FileSource.disk(), PathResolver.identity());
    }

    public PoundOptions withFiles(FileSource source) {
        return new PoundOptions(source, paths);
    }

    public PoundOptions withPaths(PathResolver resolver) {
        return new PoundOptions(files, resolver);
    }
}
