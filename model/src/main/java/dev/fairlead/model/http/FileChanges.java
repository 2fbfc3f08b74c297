package dev.fairlead.model.http;

import java.util.Set;

/// Which files clients may change, in the way of WebDAV (RFC 4918).
///
/// @param methods that are answered; all others find files as they are
/// @param makesFolders whether PUT makes the folders above the file that are not there
/// @param fileMode rights of files made, as `chmod` has them
/// @param folderMode rights of folders made
/// @param leastDepth how many parts a path has at least of what is removed; 0 for any
public record FileChanges(Set<Method> methods, boolean makesFolders, int fileMode, int folderMode, int leastDepth) {
    public enum Method {
        PUT,
        DELETE,
        MKCOL,
        COPY,
        MOVE
    }
}
