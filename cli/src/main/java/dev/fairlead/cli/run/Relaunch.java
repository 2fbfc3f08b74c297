package dev.fairlead.cli.run;

import dev.fairlead.os.OsException;
import dev.fairlead.os.Spawn;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Starts this program once more, as a process of its own: into the background, or in place of this one.
public final class Relaunch {
    /// What the launcher says about itself; its path.
    private static final String LAUNCHER = "FAIRLEAD_LAUNCHER";
    private static final String BLOCKED = "HUP,INT,QUIT,USR1,USR2,TERM,CHLD,TTIN,TTOU,WINCH";
    private static final Path ENV = Path.of("/usr/bin/env");
    private static final String SILENTLY = "exec \"$@\" </dev/null >/dev/null 2>&1";
    private static final String MAIN_CLASS = "dev.fairlead.cli.Main";

    private Relaunch() {}

    /// The launcher this program was started by, where it was.
    public static Optional<Path> launcher() {
        return Optional.ofNullable(System.getenv(LAUNCHER)).map(Path::of).filter(Files::isExecutable);
    }

    /// The same program with the same arguments, in a session of its own.
    ///
    /// @param variables set besides those of this process; one with an empty value is taken away
    /// @param descriptors the n-th becomes descriptor n; they stay open here
    /// @return its process id
    public static int same(Map<String, String> variables, List<Integer> descriptors) throws IOException {
        return start(again(), variables, descriptors);
    }

    /// The command line of this program, its first word a path.
    static List<String> again() throws IOException {
        List<String> command = new ArrayList<>();
        List<String> own = ownCommand();
        // A process that gave up root may not ask what it executes.
        String java = own.getFirst();
        command.add(
                java.startsWith("/")
                        ? java
                        : Path.of("/proc/self/exe").toRealPath().toString());
        command.addAll(own.subList(1, own.size()));
        return command;
    }

    /// The program with other arguments, in a session of its own, silent and without a terminal.
    ///
    /// @param words the arguments
    /// @return its process id
    public static int background(List<String> words) throws IOException {
        List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", SILENTLY, "sh"));
        Optional<String> launcher = Optional.ofNullable(System.getenv(LAUNCHER));
        if (launcher.isPresent()) {
            command.add(launcher.get());
        } else {
            List<String> own = ownCommand();
            command.addAll(own.subList(0, own.indexOf(MAIN_CLASS) + 1));
        }
        command.addAll(words);
        return start(command, Map.of(), List.of(0, 1, 2));
    }

    /// The words this program was called with.
    static List<String> ownWords() throws IOException {
        List<String> own = ownCommand();
        return own.subList(own.indexOf(MAIN_CLASS) + 1, own.size());
    }

    /// The program as it lies on disk now, which may be newer, with the same arguments.
    public static int upgraded(Map<String, String> variables, List<Integer> descriptors) throws IOException {
        Optional<String> launcher = launcher().map(Path::toString);
        if (launcher.isEmpty()) {
            return same(variables, descriptors);
        }
        List<String> command = new ArrayList<>();
        command.add(launcher.get());
        command.addAll(ownWords());
        return new Spawn(launcher.get(), command, environment(variables), Optional.empty(), descriptors).start();
    }

    /// A new process starts with no signal blocked; it is spared the detour of blocking them itself.
    private static int start(List<String> command, Map<String, String> variables, List<Integer> descriptors)
            throws OsException {
        List<String> words = new ArrayList<>(command);
        String program = command.getFirst();
        if (Files.isExecutable(ENV)) {
            program = ENV.toString();
            words.addAll(0, List.of(program, "--block-signal=" + BLOCKED));
        }
        return new Spawn(program, words, environment(variables), Optional.empty(), descriptors).start();
    }

    private static List<String> ownCommand() throws IOException {
        String raw = Files.readString(Path.of("/proc/self/cmdline"), StandardCharsets.UTF_8);
        List<String> words = new ArrayList<>(List.of(raw.split("\0", -1)));
        words.removeLast();
        return words;
    }

    /// This program's own.
    ///
    /// @param additions set besides; one with an empty value is taken away
    static List<String> environment(Map<String, String> additions) {
        Map<String, String> all = new TreeMap<>(System.getenv());
        all.putAll(additions);
        all.keySet().removeIf(name -> additions.getOrDefault(name, "set").isEmpty());
        return all.entrySet().stream()
                .map(variable -> variable.getKey() + "=" + variable.getValue())
                .toList();
    }
}
