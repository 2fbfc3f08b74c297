package dev.fairlead.process.supervisor.socket;

import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;

/// Permissions of files as Java has them.
public final class Permissions {
    private static final int FIRST_BIT = 0400;

    private Permissions() {}

    /// @param mode as in `chmod`; only the last nine bits count
    public static Set<PosixFilePermission> of(int mode) {
        Set<PosixFilePermission> all = EnumSet.noneOf(PosixFilePermission.class);
        PosixFilePermission[] fromOwnerRead = PosixFilePermission.values();
        for (int i = 0; i < fromOwnerRead.length; i++) {
            if ((mode & (FIRST_BIT >> i)) != 0) {
                all.add(fromOwnerRead[i]);
            }
        }
        return all;
    }
}
