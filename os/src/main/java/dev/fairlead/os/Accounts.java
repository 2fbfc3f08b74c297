package dev.fairlead.os;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Optional;

/// Users and groups as the machine knows them, wherever it keeps them, and who this process is.
public final class Accounts {
    private static final Libc.Function GETEUID = new Libc.Function("geteuid");
    private static final Libc.Function GETEGID = new Libc.Function("getegid");
    private static final Libc.Function GETPWNAM = new Libc.Function("getpwnam");
    private static final Libc.Function GETPWUID = new Libc.Function("getpwuid");
    private static final Libc.Function GETGRNAM = new Libc.Function("getgrnam");
    private static final Libc.Function GETGRGID = new Libc.Function("getgrgid");
    private static final Libc.Function INITGROUPS = new Libc.Function("initgroups");
    private static final Libc.Function SETGID = new Libc.Function("setgid");
    private static final Libc.Function SETUID = new Libc.Function("setuid");

    private Accounts() {}

    /// A user.
    public record User(String name, int uid, int gid, String home, String shell) {}

    /// A group.
    public record Group(String name, int gid) {}

    /// As whom this process acts.
    public static int currentUid() {
        return GETEUID.result();
    }

    public static int currentGid() {
        return GETEGID.result();
    }

    public static boolean isRoot() {
        return currentUid() == 0;
    }

    /// By name, or by number as text.
    public static synchronized Optional<User> user(String nameOrNumber) {
        try (Arena arena = Arena.ofConfined()) {
            Optional<User> byName = readUser(GETPWNAM.wideResult(Libc.text(arena, nameOrNumber)));
            return byName.isPresent() || !isNumber(nameOrNumber)
                    ? byName
                    : user(Integer.parseUnsignedInt(nameOrNumber));
        }
    }

    public static synchronized Optional<User> user(int uid) {
        return readUser(GETPWUID.wideResult(uid));
    }

    /// By name, or by number as text.
    public static synchronized Optional<Group> group(String nameOrNumber) {
        try (Arena arena = Arena.ofConfined()) {
            Optional<Group> byName = readGroup(GETGRNAM.wideResult(Libc.text(arena, nameOrNumber)));
            return byName.isPresent() || !isNumber(nameOrNumber)
                    ? byName
                    : group(Integer.parseUnsignedInt(nameOrNumber));
        }
    }

    public static synchronized Optional<Group> group(int gid) {
        return readGroup(GETGRGID.wideResult(gid));
    }

    /// Gives up root for good: this whole process becomes the user with the user's groups, all threads at once.
    public static void become(User user) throws OsException {
        try (Arena arena = Arena.ofConfined()) {
            INITGROUPS.call(Libc.text(arena, user.name()), user.gid());
            SETGID.call(user.gid());
            SETUID.call(user.uid());
        }
    }

    private static boolean isNumber(String text) {
        return !text.isEmpty() && text.length() < 10 && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static Optional<User> readUser(long address) {
        if (address == 0) {
            return Optional.empty();
        }
        MemorySegment entry = Libc.memoryAt(address, 48);
        return Optional.of(new User(
                Libc.textAt(entry.get(ValueLayout.JAVA_LONG, 0)),
                entry.get(ValueLayout.JAVA_INT, 16),
                entry.get(ValueLayout.JAVA_INT, 20),
                Libc.textAt(entry.get(ValueLayout.JAVA_LONG, 32)),
                Libc.textAt(entry.get(ValueLayout.JAVA_LONG, 40))));
    }

    private static Optional<Group> readGroup(long address) {
        if (address == 0) {
            return Optional.empty();
        }
        MemorySegment entry = Libc.memoryAt(address, 32);
        return Optional.of(
                new Group(Libc.textAt(entry.get(ValueLayout.JAVA_LONG, 0)), entry.get(ValueLayout.JAVA_INT, 16)));
    }
}
