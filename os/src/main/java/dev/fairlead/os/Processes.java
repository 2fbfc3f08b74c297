package dev.fairlead.os;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// What is done with processes by their number: watched, signalled, collected.
public final class Processes {
    private static final int PIDFD_OPEN = 434;
    private static final int P_ALL = 0;
    private static final int P_PID = 1;
    private static final int WNOHANG = 1;
    private static final int WEXITED = 4;
    private static final int WNOWAIT = 0x01000000;
    private static final int CLD_EXITED = 1;
    private static final int CLD_DUMPED = 3;
    private static final int PR_SET_CHILD_SUBREAPER = 36;
    private static final int INFO_SIZE = 128;
    private static final int USUAL_UMASK = 022;

    private static final Libc.Function SYSCALL = new Libc.Function("syscall");
    private static final Libc.Function WAITID = new Libc.Function("waitid");
    private static final Libc.Function KILL = new Libc.Function("kill");
    private static final Libc.Function KILLPG = new Libc.Function("killpg");
    private static final Libc.Function PRCTL = new Libc.Function("prctl");
    private static final Libc.Function GETPRIORITY = new Libc.Function("getpriority");
    private static final Libc.Function EXECVE = new Libc.Function("execve");

    private Processes() {}

    /// How a child ended.
    ///
    /// @param signalled whether a signal ended it; then `code` is the signal, else the exit status
    /// @param dumpedCore whether it left a memory image
    public record Exit(int pid, boolean signalled, int code, boolean dumpedCore) {}

    /// The bits that this process's new files do not have; 022 where that cannot be found out.
    public static int umask() {
        try {
            return Files.readAllLines(Path.of("/proc/self/status")).stream()
                    .filter(line -> line.startsWith("Umask:"))
                    .mapToInt(line ->
                            Integer.parseInt(line.substring("Umask:".length()).strip(), 8))
                    .findFirst()
                    .orElse(USUAL_UMASK);
        } catch (IOException without) {
            return USUAL_UMASK;
        }
    }

    /// This process's own niceness, -20 to 19.
    public static int niceness() {
        return GETPRIORITY.result(0, 0);
    }

    /// A descriptor that becomes readable when the process ends. It need not be a child.
    public static int watch(int pid) throws OsException {
        return SYSCALL.call(PIDFD_OPEN, pid, 0);
    }

    /// Collects a child that has ended; empty while it lives, and for what is no child (any more).
    public static Optional<Exit> collect(int pid) {
        return wait(P_PID, pid, WEXITED | WNOHANG);
    }

    /// A child that has ended and waits to be collected, which it goes on doing.
    public static Optional<Exit> anyEnded() {
        return wait(P_ALL, 0, WEXITED | WNOHANG | WNOWAIT);
    }

    private static Optional<Exit> wait(int kind, int id, int options) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment info = arena.allocate(INFO_SIZE, 8);
            int result = WAITID.result(kind, id, info.address(), options);
            int pid = info.get(ValueLayout.JAVA_INT, 16);
            if (result != 0 || pid == 0) {
                return Optional.empty();
            }
            int how = info.get(ValueLayout.JAVA_INT, 8);
            int status = info.get(ValueLayout.JAVA_INT, 24);
            return Optional.of(new Exit(pid, how != CLD_EXITED, status, how == CLD_DUMPED));
        }
    }

    /// @return whether there was such a process that may be signalled
    public static boolean signal(int pid, int signal) {
        return KILL.result(pid, signal) == 0;
    }

    /// @return whether there was such a process group
    public static boolean signalGroup(int group, int signal) {
        return KILLPG.result(group, signal) == 0;
    }

    /// Makes orphaned descendants children of this process, so that daemons which fork twice can be collected.
    public static void adoptOrphans() throws OsException {
        PRCTL.call(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
    }

    /// Becomes another program; returns only by failing. Descriptors that are not closed on exec stay open in
    /// it, and the signals blocked in the calling thread stay blocked.
    public static OsException become(String program, List<String> arguments, List<String> environment) {
        try (Arena arena = Arena.ofConfined()) {
            EXECVE.result(Libc.text(arena, program), Libc.texts(arena, arguments), Libc.texts(arena, environment));
            return new OsException(program, Libc.lastErrno());
        }
    }
}
