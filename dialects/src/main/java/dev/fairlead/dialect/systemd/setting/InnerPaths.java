package dev.fairlead.dialect.systemd.setting;

import dev.fairlead.dialect.systemd.name.UnitOptions;
import dev.fairlead.model.service.execution.Command;
import dev.fairlead.model.service.execution.WorkingDirectory;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Paths that a unit with `RootDirectory=` names from that folder on. Where the stack's own root is another one,
/// they have been read as if below that.
///
/// @param outer the stack's root, which does not count for them
record InnerPaths(Optional<Path> outer) {
    static InnerPaths of(Draft draft, UnitOptions options) {
        return new InnerPaths(draft.confinement.root.flatMap(folder -> options.root()));
    }

    WorkingDirectory in(WorkingDirectory directory) {
        return directory instanceof WorkingDirectory.At at
                ? new WorkingDirectory.At(inner(at.path()), at.mayBeMissing(), at.origin())
                : directory;
    }

    List<Command> in(List<Command> commands) {
        return outer.isEmpty()
                ? commands
                : commands.stream()
                        .map(command -> command.program().startsWith("/")
                                ? command.program(
                                        inner(Path.of(command.program())).toString())
                                : command)
                        .toList();
    }

    private Path inner(Path path) {
        return outer.filter(path::startsWith)
                .map(root -> Path.of("/").resolve(root.relativize(path)))
                .orElse(path);
    }
}
