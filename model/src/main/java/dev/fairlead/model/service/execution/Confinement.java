package dev.fairlead.model.service.execution;

import dev.fairlead.source.Span;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// What of the machine the processes of a service see and may do, besides user and limits.
///
/// @param root what it takes for `/`; empty: `/` itself
/// @param folders made for it before it starts
/// @param keep what becomes of those of [FolderKind#RUNTIME] when it is down
/// @param mounts changes to the files it sees; of two about nested paths the inner one counts there
/// @param resources how much of the machine it may take
/// @param namespaces what else it has for itself
public record Confinement(
        Optional<Root> root,
        List<Folder> folders,
        Keep keep,
        List<Mount> mounts,
        List<Own> namespaces,
        Resources resources,
        Rights rights,
        Scheduling scheduling,
        Input input) {
    public static final Confinement NONE = new Confinement(
            Optional.empty(),
            List.of(),
            Keep.NEVER,
            List.of(),
            List.of(),
            Resources.UNBOUNDED,
            new Rights(Optional.empty(), Set.of(), Set.of(), Optional.empty()),
            new Scheduling(
                    Optional.empty(),
                    OptionalInt.empty(),
                    false,
                    List.of(),
                    Optional.empty(),
                    OptionalInt.empty(),
                    Optional.empty()),
            new Input.Nothing());

    public Confinement {
        folders = List.copyOf(folders);
        mounts = List.copyOf(mounts);
        namespaces = List.copyOf(namespaces);
    }

    /// A folder that takes the place of `/`: programs and working directories are those in it.
    ///
    /// @param isOfMain whether the commands around the main process see the machine's own
    public record Root(Path folder, boolean isOfMain, Span origin) {
        /// Where something lies that the service names by a path from its `/` on.
        public Path at(Path path) {
            return folder.resolve(Path.of("/").relativize(path)).normalize();
        }
    }

    /// What a folder is for, by which it is found and told.
    public enum FolderKind {
        RUNTIME,
        STATE,
        CACHE,
        LOGS,
        CONFIGURATION
    }

    /// Whether folders of [FolderKind#RUNTIME] stay when a service is down.
    public enum Keep {
        NEVER,
        /// Only while it is restarted.
        OVER_RESTARTS,
        ALWAYS
    }

    /// A folder that belongs to the service's user.
    ///
    /// @param links further places it is found at
    public record Folder(FolderKind kind, Path path, List<Path> links, int mode, Span origin) {
        public Folder {
            links = List.copyOf(links);
        }
    }

    /// Something a service has for itself.
    public record Own(Kind kind, Span origin) {
        public enum Kind {
            /// The network: only its own loopback interface.
            NETWORK,
            /// Changes to mounts, which others do not see.
            MOUNTS,
            /// The name of the machine, which it may change.
            HOST_NAME,
            /// Queues and shared memory.
            IPC
        }
    }

    /// A change to the files a service sees.
    public sealed interface Mount {
        Span origin();

        /// Paths below it cannot be written, can be, cannot be entered, or nothing there can be executed.
        ///
        /// @param mayBeMissing whether it is left out where it is not there
        record Restricted(Path path, Access access, boolean mayBeMissing, Span origin) implements Mount {}

        /// A path appears at another place.
        ///
        /// @param isDeep whether what is mounted below it appears too
        record Bound(Path from, Path to, boolean isReadOnly, boolean isDeep, boolean mayBeMissing, Span origin)
                implements Mount {}

        /// An empty folder in memory is put over a path.
        ///
        /// @param options of the file system, separated by commas
        record Covered(Path path, String options, Span origin) implements Mount {}

        /// Its own folders for temporary files.
        record OwnTemporary(Span origin) implements Mount {}

        /// Only devices that are harmless.
        record OwnDevices(Span origin) implements Mount {}
    }

    public enum Access {
        READ_ONLY,
        READ_WRITE,
        NONE,
        EXECUTE,
        NO_EXECUTE
    }

    /// Shares of root's power (`man 7 capabilities`), in lower case and without `cap_`.
    ///
    /// @param bounding the most it can ever have; empty: all
    /// @param ambient those it has although it is not root
    /// @param secureBits such as `noroot-locked`
    /// @param origin where any of it was asked for
    public record Rights(
            Optional<Set<String>> bounding, Set<String> ambient, Set<String> secureBits, Optional<Span> origin) {
        public Rights {
            bounding = bounding.map(Set::copyOf);
            ambient = Set.copyOf(ambient);
            secureBits = Set.copyOf(secureBits);
        }
    }

    /// When its processes get the processor and the disk.
    ///
    /// @param policy other, batch, idle, fifo or rr
    /// @param processors numbers of those it may run on; none: any
    /// @param disk none, realtime, best-effort or idle
    public record Scheduling(
            Optional<String> policy,
            OptionalInt priority,
            boolean resetsOnFork,
            List<Integer> processors,
            Optional<String> disk,
            OptionalInt diskPriority,
            Optional<Span> origin) {
        public Scheduling {
            processors = List.copyOf(processors);
        }
    }

    /// What its main process reads.
    public sealed interface Input {
        record Nothing() implements Input {}

        record FromFile(Path path, Span origin) implements Input {}

        record Text(String text) implements Input {}

        /// The connection or socket it was started for.
        record Socket() implements Input {}
    }
}
