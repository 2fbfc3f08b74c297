package dev.fairlead.process.supervisor.launch;

import dev.fairlead.model.service.Service;
import dev.fairlead.model.service.execution.Command;
import dev.fairlead.model.service.execution.Confinement;
import dev.fairlead.model.service.execution.Confinement.Root;
import dev.fairlead.model.service.execution.Execution;
import dev.fairlead.model.service.execution.Handover;
import dev.fairlead.model.service.execution.OutputTarget;
import dev.fairlead.model.service.execution.WorkingDirectory;
import dev.fairlead.os.Descriptors;
import dev.fairlead.os.MasterLoop;
import dev.fairlead.os.OpenFile;
import dev.fairlead.os.OsException;
import dev.fairlead.os.Pipe;
import dev.fairlead.os.Spawn;
import dev.fairlead.process.state.Ending;
import dev.fairlead.process.supervisor.condition.MachineFacts;
import dev.fairlead.source.Diagnostic;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// Starts the processes of one service in the surroundings it asks for.
public final class Launcher {
    private static final int STANDARD_OUTPUT = 1;
    private static final int STANDARD_ERROR = 2;
    private static final int REMOVALS = 20;
    private static final Duration REMOVAL_PAUSE = Duration.ofMillis(100);
    private static final Path ROOT = Path.of("/");

    private final Means means;
    private final Set<String> warned = new HashSet<>();
    private final ServiceFolders folders = new ServiceFolders();
    private final ServiceGroups groups = new ServiceGroups(ControlGroups::here);

    /// What a launcher does its work with, and whom it tells.
    public interface Means {
        MasterLoop loop();

        /// What services print.
        Captures captures();

        /// Ends services when the supervisor does.
        DeathWatch deathWatch();

        /// What every service finds in its environment.
        ManagerVariables variables();

        /// Is called before the end of a process is acted upon: what it said last comes first.
        Runnable beforeEnding();

        /// Whether a stack is tried out away from its machine.
        boolean isTrial();

        /// Whether each main process is sent its stop signal when the supervisor itself dies.
        boolean childrenDieWithIt();

        /// Files of sockets that are open, which must stay where they are whatever becomes of the folder.
        Set<Path> socketPaths();

        /// Says something about a unit, in the unit's own log.
        void say(String unit, String message);
    }

    public Launcher(Means means) {
        this.means = means;
    }

    /// Makes everything ready for a process: its folders, its command line, its descriptors.
    ///
    /// @param told variables the supervisor adds
    /// @param isMain whether the process dies with the supervisor
    /// @param handed descriptors it gets from 3 on
    public Launch prepare(Service service, Command command, Map<String, String> told, boolean isMain, Handed handed)
            throws StartFailure {
        Execution execution = service.execution();
        Optional<Root> root = root(service, command);
        Path program = root.isPresent() ? Programs.require(command, root.get()) : Programs.require(command);
        Identity identity = Identity.of(execution, means.isTrial());
        identity.warnings().forEach(warning -> warn(service, warning));
        folders.make(service, identity);
        Map<String, String> variables = ServiceEnvironment.of(
                service, identity.user(), means.variables().all(), told);
        List<String> argv =
                command.variablesAreExpanded() ? Variables.expand(command.arguments(), variables) : command.arguments();
        Path directory = directory(execution, identity, root, command);
        Sandbox sandbox = command.privileges() == Command.Privileges.FULL
                ? Sandbox.NONE
                : Sandbox.of(execution.confinement(), root, folders.temporary(), directory);
        sandbox.warnings().forEach(warning -> warn(service, warning));
        List<Path> joined = groups.make(service, warning -> warn(service, warning));
        Optional<ExecChain.Tree> tree = root.map(other -> new ExecChain.Tree(other.folder(), directory));
        List<String> chain = ExecChain.of(
                program, argv, execution, identity, command.privileges(), ownIds(variables), sandbox.in(joined), tree);
        String identifier = execution.identifier().orElse(program.getFileName().toString());
        Plan plan = new Plan(chain, variables, directory, handed);
        Channels channels = channels(service, command, plan);
        return new Launch(
                service,
                command,
                isMain,
                channels.process,
                channels.output,
                identifier,
                new ChainEnd(chain, argv.size()));
    }

    /// Looks after a process that is there, or is about to be.
    ///
    /// @param whenEnded is called once, on the loop, after everything the process has written was read
    public Child watch(Launch launch, Consumer<Ending> whenEnded) throws StartFailure {
        int pid = launch.await();
        Service service = launch.service();
        try {
            Optional<Capture> capture = Optional.empty();
            if (launch.output().isPresent()) {
                capture = Optional.of(means.captures()
                        .start(
                                service.name(),
                                launch.identifier(),
                                pid,
                                service.execution().logging(),
                                launch.output().get(),
                                new byte[0]));
            }
            Child child = Child.watch(means.loop(), pid, capture, ending -> {
                means.deathWatch().remove(pid);
                means.beforeEnding().run();
                whenEnded.accept(ending);
            });
            if (launch.isMain() && means.childrenDieWithIt()) {
                means.deathWatch().add(pid, service.kill().signal());
            }
            return child;
        } catch (OsException refused) {
            throw launch.failure(refused);
        }
    }

    /// What a command takes for `/`.
    private static Optional<Root> root(Service service, Command command) throws StartFailure {
        Optional<Root> root = service.execution()
                .confinement()
                .root()
                .filter(other -> !other.isOfMain() || service.commands().start().contains(command));
        if (root.isPresent() && !MachineFacts.has("sys_chroot")) {
            throw new StartFailure(
                    StartFailure.CHROOT,
                    "Failed at step CHROOT spawning " + command.program() + ": only root may change the root directory",
                    root.get().origin());
        }
        if (root.isPresent() && !Files.isDirectory(root.get().folder())) {
            throw new StartFailure(
                    StartFailure.CHROOT,
                    "Failed at step CHROOT spawning " + command.program() + ": No such file or directory: "
                            + root.get().folder(),
                    root.get().origin());
        }
        return root;
    }

    /// The service is down.
    ///
    /// @param comesBack whether it is going to be started again
    public void cleanUp(Service service, boolean comesBack) {
        removeGroups(comesBack ? 0 : REMOVALS);
        folders.remove(service, comesBack, means.socketPaths());
    }

    /// A process that has just ended may still be in one.
    private void removeGroups(int more) {
        if (!groups.remove() && more > 0) {
            means.loop().schedule(REMOVAL_PAUSE, () -> removeGroups(more - 1));
        }
    }

    public ServiceFolders folders() {
        return folders;
    }

    public ServiceGroups groups() {
        return groups;
    }

    /// The variables that tell for whom others are meant.
    private static List<String> ownIds(Map<String, String> variables) {
        return Stream.of("LISTEN_FDS", "WATCHDOG_USEC")
                .filter(variables::containsKey)
                .map(name -> name.substring(0, name.indexOf('_')) + "_PID")
                .toList();
    }

    private record Plan(List<String> chain, Map<String, String> variables, Path directory, Handed handed) {}

    /// @param output where what it prints is read
    private record Channels(Spawn.Prepared process, Optional<Integer> output) {}

    private void warn(Service service, Diagnostic warning) {
        String message = warning.span().fileAndLine() + ": " + warning.message()
                + warning.hint().map(hint -> "; " + hint).orElse("");
        if (warned.add(message)) {
            means.say(service.name(), message);
        }
    }

    private static Channels channels(Service service, Command command, Plan plan) throws StartFailure {
        List<Integer> opened = new ArrayList<>();
        Optional<Integer> captured = Optional.empty();
        try {
            int input = input(service.execution().confinement().input(), plan.handed, opened);
            Outputs outputs = outputs(service.execution(), plan.handed, opened);
            captured = outputs.readEnd();
            List<String> environment = plan.variables.entrySet().stream()
                    .map(variable -> variable.getKey() + "=" + variable.getValue())
                    .toList();
            Spawn spawn = new Spawn(
                    plan.chain.getFirst(),
                    plan.chain,
                    environment,
                    Optional.of(plan.directory),
                    descriptors(input, outputs, plan.handed, service.handover()));
            return new Channels(spawn.prepare(), captured);
        } catch (OsException refused) {
            captured.ifPresent(Descriptors::close);
            throw Launch.failure(command, refused);
        } finally {
            opened.forEach(Descriptors::close);
        }
    }

    private static List<Integer> descriptors(int input, Outputs outputs, Handed handed, Handover handover)
            throws OsException {
        List<Integer> all = new ArrayList<>(List.of(input, outputs.output(), outputs.error()));
        for (int descriptor : handed.descriptors()) {
            Descriptors.blocks(descriptor, !handover.doNotBlock());
            all.add(descriptor);
        }
        return all;
    }

    private record Outputs(int output, int error, Optional<Integer> readEnd) {}

    private static int input(Confinement.Input input, Handed handed, List<Integer> opened) throws OsException {
        return switch (input) {
            case Confinement.Input.Nothing _ -> keep(opened, OpenFile.nothing());
            case Confinement.Input.FromFile file -> keep(opened, OpenFile.reading(file.path()));
            case Confinement.Input.Text text -> keep(opened, OpenFile.holding(text.text()));
            case Confinement.Input.Socket _ -> socket(handed, opened);
        };
    }

    /// The first of those it was started for.
    private static int socket(Handed handed, List<Integer> opened) throws OsException {
        return handed.isEmpty()
                ? keep(opened, OpenFile.nothing())
                : handed.descriptors().getFirst();
    }

    private static Outputs outputs(Execution execution, Handed handed, List<Integer> opened) throws OsException {
        Optional<Pipe> pipe = Optional.empty();
        if (execution.output() instanceof OutputTarget.Journal
                || execution.errorOutput() instanceof OutputTarget.Journal) {
            Pipe made = Pipe.open();
            keep(opened, made.writeEnd());
            pipe = Optional.of(made);
        }
        int output = execution.output() instanceof OutputTarget.Socket
                ? socket(handed, opened)
                : target(execution.output(), pipe, opened, STANDARD_OUTPUT);
        int error = execution.errorOutput() instanceof OutputTarget.Inherit
                ? output
                : execution.errorOutput() instanceof OutputTarget.Socket
                        ? socket(handed, opened)
                        : target(execution.errorOutput(), pipe, opened, STANDARD_ERROR);
        return new Outputs(output, error, pipe.map(Pipe::readEnd));
    }

    private static int target(OutputTarget target, Optional<Pipe> pipe, List<Integer> opened, int inherited)
            throws OsException {
        return switch (target) {
            case OutputTarget.Journal _ -> pipe.orElseThrow().writeEnd();
            case OutputTarget.Inherit _ -> inherited;
            case OutputTarget.Discard _, OutputTarget.Socket _ -> keep(opened, OpenFile.nothing());
            case OutputTarget.ToFile file ->
                keep(
                        opened,
                        switch (file.mode()) {
                            case OVERWRITE -> OpenFile.overwriting(file.path());
                            case APPEND -> OpenFile.appending(file.path());
                            case TRUNCATE -> OpenFile.truncating(file.path());
                        });
        };
    }

    private static int keep(List<Integer> opened, int descriptor) {
        opened.add(descriptor);
        return descriptor;
    }

    private static Path directory(Execution execution, Identity identity, Optional<Root> root, Command command)
            throws StartFailure {
        Path top = root.map(Root::folder).orElse(ROOT);
        return switch (execution.workingDirectory()) {
            case WorkingDirectory.Default _ -> top;
            case WorkingDirectory.At at -> require(placed(at.path(), root), at.mayBeMissing(), top, command);
            case WorkingDirectory.Home home ->
                require(
                        placed(
                                Path.of(identity.user()
                                        .map(user -> user.home())
                                        .orElse(System.getProperty("user.home"))),
                                root),
                        home.mayBeMissing(),
                        top,
                        command);
        };
    }

    private static Path placed(Path path, Optional<Root> root) {
        return root.map(other -> other.at(path)).orElse(path);
    }

    private static Path require(Path directory, boolean mayBeMissing, Path instead, Command command)
            throws StartFailure {
        if (Files.isDirectory(directory)) {
            return directory;
        }
        if (mayBeMissing) {
            return instead;
        }
        throw new StartFailure(
                StartFailure.CHDIR,
                "Changing to the requested working directory failed: No such file or directory: " + directory,
                command.origin());
    }
}
