package dev.fairlead.process.supervisor;

import dev.fairlead.model.service.Service;
import dev.fairlead.model.service.SocketUnit;
import dev.fairlead.model.service.UnitSet;
import dev.fairlead.model.service.execution.Command;
import dev.fairlead.model.service.execution.Confinement.Root;
import dev.fairlead.model.service.execution.Resources;
import dev.fairlead.model.service.execution.WorkingDirectory;
import dev.fairlead.os.Accounts;
import dev.fairlead.process.supervisor.condition.MachineFacts;
import dev.fairlead.process.supervisor.launch.ControlGroups;
import dev.fairlead.process.supervisor.launch.Identity;
import dev.fairlead.process.supervisor.launch.Programs;
import dev.fairlead.process.supervisor.launch.Sandbox;
import dev.fairlead.process.supervisor.launch.ServiceEnvironment;
import dev.fairlead.process.supervisor.launch.ServiceGroups;
import dev.fairlead.source.Diagnostic;
import dev.fairlead.source.Problems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Looks at units beside the machine they are to run on: users, programs, folders. Starts nothing.
public final class Preflight {
    private final Problems problems;
    private final boolean isTrial;
    private final Set<String> told = new HashSet<>();

    private Preflight(Problems problems, boolean isTrial) {
        this.problems = problems;
        this.isTrial = isTrial;
    }

    /// Adds what will not be as the units say. A missing program or folder is a warning: it may be there later.
    ///
    /// @param isTrial as in [SupervisorOptions]
    public static void check(UnitSet units, boolean isTrial, Problems problems) {
        Preflight preflight = new Preflight(problems, isTrial);
        units.services().forEach(preflight::check);
        units.units().forEach(unit -> {
            if (unit instanceof SocketUnit socket) {
                preflight.check(socket);
            }
        });
    }

    private void check(SocketUnit socket) {
        socket.files()
                .owner()
                .filter(named -> Accounts.user(named.name()).isEmpty())
                .ifPresent(named ->
                        tell(Diagnostic.warning("service.user", named.origin(), "there is no user " + named.name())
                                .hint("its sockets stay the supervisor's; systemd would not open them")));
        socket.files()
                .group()
                .filter(named -> Accounts.group(named.name()).isEmpty())
                .ifPresent(named ->
                        tell(Diagnostic.warning("service.group", named.origin(), "there is no group " + named.name())
                                .hint("its sockets stay the supervisor's; systemd would not open them")));
    }

    private void check(Service service) {
        Identity.of(service.execution(), isTrial).warnings().forEach(this::tell);
        Optional<Root> root = service.execution().confinement().root();
        Sandbox.of(service.execution().confinement(), root, Optional.empty(), Path.of("/"))
                .warnings()
                .forEach(this::tell);
        Resources resources = service.execution().confinement().resources();
        if (!resources.bounds().isEmpty()) {
            ServiceGroups.warnings(resources, ControlGroups.here()).forEach(this::tell);
        }
        root.ifPresent(this::check);
        commands(service)
                .filter(command -> (root.isPresent()
                                ? Programs.find(command.program(), root.get())
                                : Programs.find(command.program()))
                        .isEmpty())
                .forEach(command -> tell(Diagnostic.warning(
                                "service.program",
                                command.origin(),
                                "Command " + command.program() + " is not executable: "
                                        + (Files.exists(Path.of(command.program()))
                                                ? "Permission denied"
                                                : "No such file or directory"))
                        .hint(hint(command.program()))));
        missingFolder(service).ifPresent(this::tell);
        service.execution().environment().stream()
                .flatMap(source -> ServiceEnvironment.missing(source).stream())
                .forEach(this::tell);
    }

    private static String hint(String program) {
        if (program.matches("[A-Za-z_][A-Za-z0-9_]*=.*")) {
            return "no shell reads this line; a line of its own says it: Environment=" + program;
        }
        return switch (program) {
            case "cd" -> "no shell reads this line; a line of its own says it: WorkingDirectory=/FOLDER";
            case "export" -> "no shell reads this line; a line of its own says it: Environment=NAME=value";
            case "source", "." ->
                "no shell reads this line; the programs of a virtual environment know it: /FOLDER/venv/bin/PROGRAM";
            default ->
                program.startsWith("/") ? "--root says where the folder's own / is" : "searched in " + Programs.PATH;
        };
    }

    private void check(Root root) {
        if (!MachineFacts.has("sys_chroot")) {
            tell(Diagnostic.warning("service.root", root.origin(), "only root may change the root directory")
                    .hint("the service fails to start, with status 210/CHROOT"));
        } else if (!Files.isDirectory(root.folder())) {
            tell(Diagnostic.warning("service.root", root.origin(), "there is no folder " + root.folder())
                    .hint("the service cannot start without it"));
        }
    }

    private static Optional<Diagnostic> missingFolder(Service service) {
        if (service.execution().workingDirectory() instanceof WorkingDirectory.At at
                && !at.mayBeMissing()
                && !Files.isDirectory(service.execution()
                        .confinement()
                        .root()
                        .map(root -> root.at(at.path()))
                        .orElse(at.path()))) {
            return Optional.of(
                    Diagnostic.warning("service.working-directory", at.origin(), "there is no folder " + at.path())
                            .hint("the service cannot start without it; --root says where the folder's own / is"));
        }
        return Optional.empty();
    }

    private static Stream<Command> commands(Service service) {
        return Stream.of(
                        service.commands().condition(),
                        service.commands().pre(),
                        service.commands().start(),
                        service.commands().post(),
                        service.commands().reload(),
                        service.commands().stop(),
                        service.commands().stopPost())
                .flatMap(List::stream)
                .filter(command -> !command.failureIsIgnored());
    }

    private void tell(Diagnostic diagnostic) {
        if (told.add(diagnostic.render())) {
            problems.add(diagnostic);
        }
    }
}
