package dev.fairlead.dialect;

/// Says where an absolute path of a configuration lies on this machine.
@FunctionalInterface
public interface PathResolver {
    /// @param absolute a path that starts with a slash; it may be the beginning of one, and a slash at its end
    ///     counts
    String resolve(String absolute);

    /// Every path is where it says.
    static PathResolver identity() {
        return absolute -> absolute;
    }

    /// Every path lies below a folder, as after chroot(2).
    static PathResolver below(String folder) {
        String root = folder.endsWith("/") ? folder.substring(0, folder.length() - 1) : folder;
        return absolute -> root + absolute;
    }
}
