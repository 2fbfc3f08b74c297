package dev.fairlead.dialect.stunnel;

import dev.fairlead.dialect.FileSource;
import dev.fairlead.dialect.PathResolver;

/// What surrounds a configuration.
///
/// @param files where configuration is read from
/// @param paths where absolute paths of the configuration lie
/// @param logsToSyslog whether the system's log is written to when nothing says so, as stunnel does in the
///     background
public record StunnelOptions(FileSource files, PathResolver paths, boolean logsToSyslog) {
    public static StunnelOptions here() {
        return new StunnelOptions(FileSource.disk(), PathResolver.identity(), false);
    }

    public StunnelOptions withFiles(FileSource source) {
        return new StunnelOptions(source, paths, logsToSyslog);
    }

    public StunnelOptions withPaths(PathResolver resolver) {
        return new StunnelOptions(files, resolver, logsToSyslog);
    }

    public StunnelOptions withSyslog(boolean value) {
        return new StunnelOptions(files, paths, value);
    }
}
