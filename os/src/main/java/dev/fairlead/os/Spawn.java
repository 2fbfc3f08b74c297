package dev.fairlead.os;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A program to be started as a child: in a session of its own, with no signal blocked or ignored, and with
/// exactly the descriptors given and no others.
///
/// @param program an absolute path; it is not searched for
/// @param arguments the program's own name first
/// @param environment `NAME=value` texts
/// @param directory where it starts; empty: where this process is
/// @param descriptors the n-th becomes descriptor n of the child (0 input, 1 output, 2 errors); they stay
///     open here
public record Spawn(
        String program,
        List<String> arguments,
        List<String> environment,
        Optional<Path> directory,
        List<Integer> descriptors) {
    private static final int SETSIGDEF = 0x04;
    private static final int SETSIGMASK = 0x08;
    private static final int SETSID = 0x80;
    private static final int ATTRIBUTES_SIZE = 336;
    private static final int ACTIONS_SIZE = 80;
    // Above anything a child is given, so that no copy lands on a number that is still to be read.
    private static final int LIFTED = 200;

    private static final Libc.Function POSIX_SPAWN = new Libc.Function("posix_spawn");
    private static final Libc.Function ATTR_INIT = new Libc.Function("posix_spawnattr_init");
    private static final Libc.Function ATTR_FLAGS = new Libc.Function("posix_spawnattr_setflags");
    private static final Libc.Function ATTR_MASK = new Libc.Function("posix_spawnattr_setsigmask");
    private static final Libc.Function ATTR_DEFAULT = new Libc.Function("posix_spawnattr_setsigdefault");
    private static final Libc.Function ACTIONS_INIT = new Libc.Function("posix_spawn_file_actions_init");
    private static final Libc.Function ACTIONS_DESTROY = new Libc.Function("posix_spawn_file_actions_destroy");
    private static final Libc.Function ADD_DUP2 = new Libc.Function("posix_spawn_file_actions_adddup2");
    private static final Libc.Function ADD_CHDIR = new Libc.Function("posix_spawn_file_actions_addchdir_np");
    private static final Libc.Function ADD_CLOSEFROM = new Libc.Function("posix_spawn_file_actions_addclosefrom_np");

    public Spawn {
        arguments = List.copyOf(arguments);
        environment = List.copyOf(environment);
        descriptors = List.copyOf(descriptors);
    }

    /// Starts it.
    ///
    /// @return its process id
    /// @throws OsException also where the program or the directory is not there or may not be used
    public int start() throws OsException {
        return prepare().start();
    }

    /// Takes what the child is given into safe keeping: the descriptors may be closed here from now on.
    public Prepared prepare() throws OsException {
        List<Integer> lifted = new ArrayList<>();
        try {
            for (int descriptor : descriptors) {
                lifted.add(Descriptors.duplicateAtLeast(descriptor, LIFTED));
            }
            return new Prepared(this, lifted);
        } catch (OsException refused) {
            lifted.forEach(Descriptors::close);
            throw refused;
        }
    }

    /// A program that has everything but its process. To be started once, on whatever thread.
    public static final class Prepared {
        private final Spawn spawn;
        private final List<Integer> lifted;

        private Prepared(Spawn spawn, List<Integer> lifted) {
            this.spawn = spawn;
            this.lifted = lifted;
        }

        /// Returns when the child runs the program, which takes as long as the machine is busy.
        ///
        /// @return its process id
        /// @throws OsException also where the program or the directory is not there or may not be used
        public int start() throws OsException {
            try (Arena arena = Arena.ofConfined()) {
                return spawn.start(arena, lifted);
            } finally {
                lifted.forEach(Descriptors::close);
            }
        }
    }

    private int start(Arena arena, List<Integer> lifted) throws OsException {
        MemorySegment actions = arena.allocate(ACTIONS_SIZE, 16);
        check("posix_spawn_file_actions_init", ACTIONS_INIT.result(actions.address()));
        try {
            describeFiles(arena, actions.address(), lifted);
            return spawn(arena, Attributes.SAME_FOR_ALL.address(), actions.address());
        } finally {
            ACTIONS_DESTROY.result(actions.address());
        }
    }

    private int spawn(Arena arena, long attributes, long actions) throws OsException {
        MemorySegment pid = arena.allocate(4, 4);
        check(
                program,
                POSIX_SPAWN.result(
                        pid.address(),
                        Libc.text(arena, program),
                        actions,
                        attributes,
                        Libc.texts(arena, arguments),
                        Libc.texts(arena, environment)));
        return pid.get(ValueLayout.JAVA_INT, 0);
    }

    /// Signals and the session: the same for every child, and only read by libc.
    private static final class Attributes {
        static final MemorySegment SAME_FOR_ALL = describe();

        private static MemorySegment describe() {
            MemorySegment attributes = Arena.global().allocate(ATTRIBUTES_SIZE, 16);
            try (Arena arena = Arena.ofConfined()) {
                long address = attributes.address();
                check("posix_spawnattr_init", ATTR_INIT.result(address));
                check("posix_spawnattr_setflags", ATTR_FLAGS.result(address, SETSIGDEF | SETSIGMASK | SETSID));
                check("posix_spawnattr_setsigmask", ATTR_MASK.result(address, SignalSet.NONE.allocate(arena)));
                check(
                        "posix_spawnattr_setsigdefault",
                        ATTR_DEFAULT.result(address, SignalSet.RESETTABLE.allocate(arena)));
            } catch (OsException impossible) {
                throw new IllegalStateException(impossible);
            }
            return attributes;
        }
    }

    private void describeFiles(Arena arena, long actions, List<Integer> lifted) throws OsException {
        for (int i = 0; i < lifted.size(); i++) {
            check("posix_spawn_file_actions_adddup2", ADD_DUP2.result(actions, lifted.get(i), i));
        }
        if (directory.isPresent()) {
            long path = Libc.text(arena, directory.get().toString());
            check("posix_spawn_file_actions_addchdir_np", ADD_CHDIR.result(actions, path));
        }
        // Jars, sockets, eventfds: without this the child would hold on to all of them.
        check("posix_spawn_file_actions_addclosefrom_np", ADD_CLOSEFROM.result(actions, lifted.size()));
    }

    /// These functions return the reason instead of setting `errno`.
    private static void check(String call, int errno) throws OsException {
        if (errno != 0) {
            throw new OsException(call, errno);
        }
    }
}
