package dev.fairlead.dialect.nginx.scope;

import dev.fairlead.dialect.PathResolver;

/// Where relative and absolute paths lead.
///
/// @param prefix the folder that paths of content and logs are relative to, with a slash at its end
/// @param confFolder the folder that paths of configuration are relative to, with a slash at its end
/// @param paths where absolute paths lie on this machine
/// @param superuser whether ports below 1024 may be opened; decides the port of a server without `listen`
/// @param hostName what `$hostname` stands for in server names
public record Environment(String prefix, String confFolder, PathResolver paths, boolean superuser, String hostName) {

    /// A path of content, logs or temporary files.
    public String content(String path) {
        return path.startsWith("/") ? paths.resolve(path) : absolute(prefix) + path;
    }

    /// A path of included files, certificates, passwords.
    public String conf(String path) {
        return path.startsWith("/") ? paths.resolve(path) : confFolder + path;
    }

    private String absolute(String folder) {
        return folder.startsWith("/") ? paths.resolve(folder) : folder;
    }
}
