package dev.fairlead.cli.nginx;

import dev.fairlead.model.service.lifecycle.Signal;
import dev.fairlead.os.Processes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/// Carries out `-s`: finds the running program by its pid file and signals it.
final class SignalSender {
    private SignalSender() {}

    /// @param name `stop`, `quit`, `reopen` or `reload`
    /// @return why it could not be done, in nginx's words; empty when it was
    static Optional<String> send(String name, Path pidFile) {
        String text;
        try {
            text = Files.readString(pidFile, StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException missing) {
            return Optional.of("[error] open() \"" + pidFile + "\" failed (2: No such file or directory)");
        } catch (AccessDeniedException denied) {
            return Optional.of("[error] open() \"" + pidFile + "\" failed (13: Permission denied)");
        } catch (IOException unreadable) {
            return Optional.of("[error] open() \"" + pidFile + "\" failed (" + unreadable.getMessage() + ")");
        }
        Optional<Integer> pid = number(text.stripTrailing());
        if (pid.isEmpty()) {
            return Optional.of("[error] invalid PID number \"" + text.stripTrailing() + "\" in \"" + pidFile + "\"");
        }
        return signal(pid.get(), signal(name));
    }

    private static Optional<String> signal(int pid, Signal signal) {
        if (Processes.signal(pid, signal.number())) {
            return Optional.empty();
        }
        String reason = Files.exists(Path.of("/proc/" + pid)) ? "1: Operation not permitted" : "3: No such process";
        return Optional.of("[alert] kill(" + pid + ", " + signal.number() + ") failed (" + reason + ")");
    }

    private static Signal signal(String name) {
        return switch (name) {
            case "stop" -> Signal.TERM;
            case "quit" -> Signal.QUIT;
            case "reopen" -> Signal.USR1;
            default -> Signal.HUP;
        };
    }

    private static Optional<Integer> number(String text) {
        boolean isNumber = !text.isEmpty() && text.length() < 10 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return isNumber && !text.equals("0") ? Optional.of(Integer.parseInt(text)) : Optional.empty();
    }
}
