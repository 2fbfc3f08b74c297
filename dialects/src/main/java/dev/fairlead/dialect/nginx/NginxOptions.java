package dev.fairlead.dialect.nginx;

import dev.fairlead.dialect.FileSource;
import dev.fairlead.dialect.PathResolver;
import java.util.List;
import java.util.Optional;

/// What surrounds a configuration: nginx's command line and how it was built.
///
/// @param prefix the folder that content and log paths are relative to
/// @param files where configuration is read from
/// @param paths where absolute paths of the configuration lie
/// @param globals directives from the command line (`-g`), each a text of its own
/// @param superuser whether the program runs as root: a server without `listen` gets port 80, else 8000
/// @param accessLog where requests are logged when nothing says so; empty for nowhere
/// @param errorLog where errors are logged when nothing says so; `stderr` for standard error
/// @param pidFile where the process id goes when nothing says so; empty for nowhere
public record NginxOptions(
        String prefix,
        FileSource files,
        PathResolver paths,
        List<String> globals,
        boolean superuser,
        Optional<String> accessLog,
        String errorLog,
        Optional<String> pidFile) {

    /// As Debian builds nginx.
    public static NginxOptions debian() {
        return new NginxOptions(
                "/usr/share/nginx",
                FileSource.disk(),
                PathResolver.identity(),
                List.of(),
                true,
                Optional.of("/var/log/nginx/access.log"),
                "stderr",
                Optional.of("/run/nginx.pid"));
    }

    public NginxOptions withFiles(FileSource source) {
        return new NginxOptions(prefix, source, paths, globals, superuser, accessLog, errorLog, pidFile);
    }

    public NginxOptions withPaths(PathResolver resolver) {
        return new NginxOptions(prefix, files, resolver, globals, superuser, accessLog, errorLog, pidFile);
    }

    public NginxOptions withPrefix(String folder) {
        return new NginxOptions(folder, files, paths, globals, superuser, accessLog, errorLog, pidFile);
    }

    public NginxOptions withGlobals(List<String> texts) {
        return new NginxOptions(prefix, files, paths, texts, superuser, accessLog, errorLog, pidFile);
    }

    public NginxOptions withSuperuser(boolean root) {
        return new NginxOptions(prefix, files, paths, globals, root, accessLog, errorLog, pidFile);
    }

    /// Where things go that the configuration does not mention.
    public NginxOptions withDefaults(Optional<String> access, String error, Optional<String> pid) {
        return new NginxOptions(prefix, files, paths, globals, superuser, access, error, pid);
    }
}
