package dev.fairlead.cli.run;

import dev.fairlead.cli.control.SocketFolder;
import dev.fairlead.cli.stack.CompiledStack;
import dev.fairlead.model.service.Job;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What jobs find around them: `initctl` and its kin on their path, talking to this stack, and the programs that
/// the stack stands in for.
///
/// @param variables told to every process of a job
/// @param programs as jobs name them in `started nginx`
record JobSurroundings(Map<String, String> variables, List<String> programs) {
    /// Names under which the launcher behaves like Upstart's tools.
    private static final List<String> TOOLS = List.of("initctl", "start", "stop", "restart", "reload", "status");
    private static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
    static final String SOCKET = "FAIRLEAD_SOCKET";

    JobSurroundings {
        variables = Map.copyOf(variables);
        programs = List.copyOf(programs);
    }

    /// Nothing for a stack without jobs.
    static Optional<JobSurroundings> of(CompiledStack stack) {
        if (stack.units().units().stream().noneMatch(Job.class::isInstance)) {
            return Optional.empty();
        }
        SocketFolder folder = SocketFolder.current();
        Path socket = folder.socketFor(stack.layout().location());
        Map<String, String> variables = tools(folder)
                .map(tools -> Map.of(SOCKET, socket.toString(), "PATH", tools + ":" + PATH))
                .orElseGet(() -> Map.of(SOCKET, socket.toString()));
        return Optional.of(new JobSurroundings(variables, stack.layout().programs()));
    }

    /// A folder with the tools' names, each leading to the launcher; empty where there is no launcher.
    private static Optional<Path> tools(SocketFolder folder) {
        Optional<Path> launcher = Optional.ofNullable(System.getenv("FAIRLEAD_LAUNCHER"))
                .map(Path::of)
                .filter(Files::isExecutable);
        if (launcher.isEmpty()) {
            return Optional.empty();
        }
        try {
            folder.prepare();
            Path tools = folder.path().resolve("upstart-tools");
            Files.createDirectories(tools);
            for (String name : TOOLS) {
                Path link = tools.resolve(name);
                Files.deleteIfExists(link);
                Files.createSymbolicLink(link, launcher.get());
            }
            return Optional.of(tools);
        } catch (IOException notWritable) {
            return Optional.empty();
        }
    }
}
