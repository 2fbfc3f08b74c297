package dev.fairlead.conformance.hostile;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A line of a table of requests; the table itself says how it is written.
///
/// @param outcome what is expected, as written
/// @param bytes each character one byte, `/@/` still in it
record Row(String name, String outcome, String bytes) {
    private static final Pattern REPEATED = Pattern.compile("\\{(\\d+)\\*([^{}]*)}");
    private static final Pattern ESCAPE = Pattern.compile("\\\\(?:x([0-9a-f]{2})|([rnt0\\\\]))");

    static List<Row> table(String name) {
        Path file = Path.of("src/test/resources/hostile", name);
        try {
            return Files.readAllLines(file, StandardCharsets.ISO_8859_1).stream()
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .map(Row::of)
                    .toList();
        } catch (IOException failed) {
            throw new java.io.UncheckedIOException(failed);
        }
    }

    private static Row of(String line) {
        String[] cells = line.split(" \\| ?", 3);
        return new Row(cells[0], cells[1], unescaped(repeated(cells[2])));
    }

    /// The bytes to send, asking below `place`.
    byte[] request(String place) {
        return bytes.replace("/@/", "/" + place + "/").getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String repeated(String text) {
        String result = text;
        for (Matcher found = REPEATED.matcher(result); found.find(); found = REPEATED.matcher(result)) {
            String many = found.group(2).repeat(Integer.parseInt(found.group(1)));
            result = result.substring(0, found.start()) + many + result.substring(found.end());
        }
        return result;
    }

    private static String unescaped(String text) {
        return ESCAPE.matcher(text).replaceAll(found -> {
            if (found.group(1) != null) {
                return Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(found.group(1), 16)));
            }
            return Matcher.quoteReplacement(
                    switch (found.group(2)) {
                        case "r" -> "\r";
                        case "n" -> "\n";
                        case "t" -> "\t";
                        case "0" -> "\0";
                        default -> "\\";
                    });
        });
    }
}
