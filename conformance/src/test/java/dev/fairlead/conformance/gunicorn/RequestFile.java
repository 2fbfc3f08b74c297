package dev.fairlead.conformance.gunicorn;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads the requests of the comparison. A line `=== NAME: OPTIONS` begins a group of requests to programs
/// started with these options; every other line is a request, `NAME [OPTIONS] | BYTES`:
///
/// - in the bytes `\n` is CR LF, `\r` CR alone, `\l` LF alone, `\t \0 \\ \xNN` what they usually are, and
///   `<<text*N>>` is the text N times, and `<length>` the number of bytes behind the head;
/// - options are `finish` (the client says that it will send no more), `threads` (only for workers of threads)
///   and `replies=N` (how many answers to read).
final class RequestFile {
    private static final Pattern LINE = Pattern.compile("(.+?)(?: \\[([^]]*)])? \\|(?: (.*))?");
    private static final Pattern REPEATED = Pattern.compile("<<((?:(?!<<|>>).)*)\\*(\\d+)>>", Pattern.DOTALL);
    private static final Pattern ESCAPE = Pattern.compile("\\\\(x([0-9a-fA-F]{2})|.)");

    /// Requests to programs that are started alike.
    record Group(String name, List<String> options, List<Case> cases) {}

    /// One connection.
    ///
    /// @param text what the client sends, each character a byte
    record Case(String name, Set<String> options, String text) {
        byte[] bytes() {
            return text.getBytes(StandardCharsets.ISO_8859_1);
        }

        boolean isForThreads() {
            return options.contains("threads");
        }

        boolean isFinished() {
            return options.contains("finish");
        }

        int replies() {
            return options.stream()
                    .filter(option -> option.startsWith("replies="))
                    .mapToInt(option -> Integer.parseInt(option.substring("replies=".length())))
                    .findFirst()
                    .orElse(1);
        }
    }

    private RequestFile() {}

    static List<Group> read(Path path) {
        List<Group> groups = new ArrayList<>();
        try {
            for (String line : Files.readAllLines(path, StandardCharsets.ISO_8859_1)) {
                Matcher request = LINE.matcher(line);
                if (line.startsWith("=== ")) {
                    String[] parts = line.substring(4).split(": ?", 2);
                    List<String> options = parts.length == 1 ? List.of() : List.of(parts[1].split(" ", -1));
                    groups.add(new Group(parts[0], options, new ArrayList<>()));
                } else if (!line.startsWith("#") && request.matches()) {
                    String options = request.group(2) == null ? "" : request.group(2);
                    String bytes = request.group(3) == null ? "" : request.group(3);
                    groups.getLast()
                            .cases()
                            .add(new Case(request.group(1), Set.of(options.split(", ?", -1)), unescaped(bytes)));
                }
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return groups;
    }

    private static String unescaped(String text) {
        // Escapes first: what is repeated can be millions of bytes.
        String bytes = ESCAPE.matcher(text).replaceAll(found -> Matcher.quoteReplacement(meaning(found.group(1))));
        for (Matcher one = REPEATED.matcher(bytes); one.find(); one = REPEATED.matcher(bytes)) {
            bytes = one.replaceAll(
                    found -> Matcher.quoteReplacement(found.group(1).repeat(Integer.parseInt(found.group(2)))));
        }
        return bytes.replace("<length>", "" + (bytes.length() - bytes.indexOf("\r\n\r\n") - 4));
    }

    private static String meaning(String escape) {
        return switch (escape.charAt(0)) {
            case 'n' -> "\r\n";
            case 'r' -> "\r";
            case 'l' -> "\n";
            case 't' -> "\t";
            case '0' -> "\0";
            case 'x' -> String.valueOf((char) Integer.parseInt(escape.substring(1), 16));
            default -> escape;
        };
    }
}
