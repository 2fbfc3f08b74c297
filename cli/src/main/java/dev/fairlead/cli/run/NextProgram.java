package dev.fairlead.cli.run;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The program as it lies on disk now, for this process to become.
///
/// The launcher is asked what it would execute, and is not executed itself: a shell waits for children, and would
/// collect services that end meanwhile, which are children of this process.
///
/// @param command its first word is the path of what is executed
record NextProgram(List<String> command) {
    private static final String ENV = "/usr/bin/env";
    /// Orphans are collected here, and with them the exit status of what was started in another way: so a shell
    /// writes the status down.
    private static final String SCRIPT = "\"$@\"; printf '\\n%d' $?";

    NextProgram {
        command = List.copyOf(command);
    }

    private record Answer(int status, String printed) {}

    /// Has it built where that is due, and has it read the stack that runs here.
    ///
    /// @param told variables that the next program gets
    /// @throws IOException saying why it cannot take this program's place
    static NextProgram find(Map<String, String> told) throws IOException {
        Optional<String> launcher = Relaunch.launcher().map(Path::toString);
        List<String> words = Relaunch.ownWords();
        if (launcher.isEmpty()) {
            return new NextProgram(Relaunch.again());
        }
        if (words.getFirst().equals("up")) {
            List<String> check = new ArrayList<>(List.of(launcher.get(), "check"));
            check.addAll(words.subList(1, words.size()));
            Answer answer = run(check, told, true);
            if (answer.status != 0) {
                throw new IOException("the program on disk does not take this stack:\n" + answer.printed.strip());
            }
        }
        List<String> tell = new ArrayList<>(List.of(launcher.get()));
        tell.addAll(words);
        Answer answer = run(tell, Map.of("FAIRLEAD_TELL", "1"), false);
        List<String> command = new ArrayList<>(List.of(answer.printed.split("\0", -1)));
        command.removeLast();
        if (answer.status != 0 || command.isEmpty()) {
            throw new IOException(launcher.get() + " does not say what to execute: it is older than this program");
        }
        if (command.getFirst().equals("env")) {
            command.set(0, ENV);
        }
        return new NextProgram(command);
    }

    private static Answer run(List<String> words, Map<String, String> variables, boolean withErrors)
            throws IOException {
        List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", SCRIPT, "sh"));
        command.addAll(words);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(withErrors);
        if (!withErrors) {
            builder.redirectError(ProcessBuilder.Redirect.INHERIT);
        }
        builder.environment().putAll(variables);
        Process process = builder.start();
        process.getOutputStream().close();
        try (InputStream out = process.getInputStream()) {
            String printed = new String(out.readAllBytes(), StandardCharsets.UTF_8);
            int end = printed.lastIndexOf('\n');
            String status = printed.substring(end + 1);
            return new Answer(
                    status.matches("\\d{1,3}") ? Integer.parseInt(status) : -1, printed.substring(0, Math.max(0, end)));
        }
    }
}
