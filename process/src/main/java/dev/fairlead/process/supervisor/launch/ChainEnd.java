package dev.fairlead.process.supervisor.launch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Tells whether a process has got to its program, or is still one of the tools that make its surroundings: a
/// tool shows the rest of the chain as its command line.
///
/// @param chain as the process was started
/// @param programWords how many of its last words are the program and its arguments
public record ChainEnd(List<String> chain, int programWords) {
    public boolean isReachedBy(int pid) {
        try {
            String line = Files.readString(Path.of("/proc/" + pid + "/cmdline"), StandardCharsets.ISO_8859_1);
            List<String> shown = List.of(line.split("\0", -1));
            int count = shown.size() - 1;
            if (count < programWords || line.isEmpty()) {
                return !line.isEmpty();
            }
            List<String> rest = count > chain.size() ? List.of() : chain.subList(chain.size() - count, chain.size());
            boolean isTool = count > programWords && latin(rest).equals(shown.subList(0, count));
            return !isTool;
        } catch (IOException gone) {
            return false;
        }
    }

    private static List<String> latin(List<String> words) {
        return words.stream()
                .map(word -> new String(word.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1))
                .toList();
    }
}
