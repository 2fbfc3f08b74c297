package dev.fairlead.process.supervisor.launch;

import dev.fairlead.model.service.Service;
import dev.fairlead.model.service.execution.Confinement;
import dev.fairlead.model.service.execution.Confinement.Folder;
import dev.fairlead.model.service.execution.Confinement.FolderKind;
import dev.fairlead.model.service.execution.Confinement.Mount;
import dev.fairlead.os.Accounts;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Makes the folders a service is to find, and removes those that last only as long as it runs.
public final class ServiceFolders {
    private static final int STICKY_FOR_ALL = 01777;
    private Optional<Path> temporary = Optional.empty();

    /// What a service finds the folders by, such as `RUNTIME_DIRECTORY`.
    static Map<String, String> variables(Confinement confinement) {
        Map<String, String> variables = new LinkedHashMap<>();
        for (Folder folder : confinement.folders()) {
            variables.merge(
                    folder.kind().name().toUpperCase(Locale.ROOT) + "_DIRECTORY",
                    folder.path().toString(),
                    (before, next) -> before + ":" + next);
        }
        return variables;
    }

    /// Makes what is not there yet.
    void make(Service service, Identity identity) throws StartFailure {
        for (Folder folder : service.execution().confinement().folders()) {
            try {
                make(folder, identity);
            } catch (IOException refused) {
                throw new StartFailure(
                        status(folder.kind()),
                        "Failed to set up the folder " + folder.path() + ": " + reason(refused),
                        folder.origin());
            }
        }
        boolean isOwn =
                service.execution().confinement().mounts().stream().anyMatch(Mount.OwnTemporary.class::isInstance);
        if (isOwn && temporary.isEmpty() && Accounts.isRoot()) {
            makeTemporary(service);
        }
    }

    private static String reason(IOException refused) {
        return refused.getClass().getSimpleName().replace("Exception", "") + " " + refused.getMessage();
    }

    private void makeTemporary(Service service) throws StartFailure {
        try {
            Path folder = Files.createTempDirectory("fairlead-private-" + service.name() + "-");
            for (String name : List.of("tmp", "var-tmp")) {
                Files.createDirectory(folder.resolve(name));
                Files.setAttribute(folder.resolve(name), "unix:mode", STICKY_FOR_ALL);
            }
            temporary = Optional.of(folder);
        } catch (IOException refused) {
            throw new StartFailure(
                    StartFailure.NAMESPACE,
                    "Failed to set up its own temporary folders: " + refused.getMessage(),
                    service.origin());
        }
    }

    /// Its own temporary folder is there already.
    public void resume(Optional<String> folder) {
        temporary = folder.map(Path::of);
    }

    /// Where its own temporary files lie.
    public Optional<Path> temporary() {
        return temporary;
    }

    private static void make(Folder folder, Identity identity) throws IOException {
        Path path = folder.path();
        Files.createDirectories(path);
        Files.setAttribute(path, "unix:mode", folder.mode());
        if (Accounts.isRoot() && folder.kind() != FolderKind.CONFIGURATION) {
            own(path, identity);
        }
        for (Path link : folder.links()) {
            if (!Files.exists(link, LinkOption.NOFOLLOW_LINKS)) {
                Optional.ofNullable(link.getParent()).ifPresent(ServiceFolders::makeParent);
                Files.createSymbolicLink(link, path);
            }
        }
    }

    private static void makeParent(Path parent) {
        try {
            Files.createDirectories(parent);
        } catch (IOException refused) {
            // The link cannot be made either, which is told.
            return;
        }
    }

    /// A folder of somebody else is given to the service's user with all that is in it.
    private static void own(Path path, Identity identity) throws IOException {
        int uid = identity.uid();
        int gid = identity.gid();
        boolean isOwn = Files.getAttribute(path, "unix:uid").equals(uid)
                && Files.getAttribute(path, "unix:gid").equals(gid);
        if (isOwn) {
            return;
        }
        Files.walkFileTree(path, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                return give(folder, uid, gid);
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                return give(file, uid, gid);
            }
        });
    }

    private static FileVisitResult give(Path path, int uid, int gid) throws IOException {
        Files.setAttribute(path, "unix:uid", uid, LinkOption.NOFOLLOW_LINKS);
        Files.setAttribute(path, "unix:gid", gid, LinkOption.NOFOLLOW_LINKS);
        return FileVisitResult.CONTINUE;
    }

    /// The service is down.
    ///
    /// @param comesBack whether it is going to be started again
    /// @param kept files that stay, and the folders they are in
    void remove(Service service, boolean comesBack, Set<Path> kept) {
        Confinement confinement = service.execution().confinement();
        boolean stays = switch (confinement.keep()) {
            case NEVER -> false;
            case OVER_RESTARTS -> comesBack;
            case ALWAYS -> true;
        };
        if (!stays) {
            confinement.folders().stream()
                    .filter(folder -> folder.kind() == FolderKind.RUNTIME)
                    .forEach(folder -> removeAll(folder.path(), kept));
        }
        if (!comesBack) {
            temporary.ifPresent(folder -> removeAll(folder, Set.of()));
            temporary = Optional.empty();
        }
    }

    private static void removeAll(Path folder, Set<Path> kept) {
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    if (!kept.contains(file)) {
                        Files.deleteIfExists(file);
                    }
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException failure) {
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path done, @Nullable IOException failure) throws IOException {
                    if (kept.stream().noneMatch(file -> file.startsWith(done))) {
                        Files.deleteIfExists(done);
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException leftBehind) {
            // Something in it is in use or somebody else's; the next start finds it there.
            return;
        }
    }

    private static int status(FolderKind kind) {
        return switch (kind) {
            case RUNTIME -> 233;
            case STATE -> 238;
            case CACHE -> 239;
            case LOGS -> 240;
            case CONFIGURATION -> 241;
        };
    }
}
