package dev.fairlead.conformance.cases;

import dev.fairlead.testkit.Header;
import dev.fairlead.testkit.Reply;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/// What a client and the upstreams saw of one case, reduced to what has to be equal.
///
/// Left out or made neutral: `Date`, `Server` and the program's name on its own error pages; when something
/// expires is told relative to `Date`; the boundary of several ranges; compressed bodies are compared unpacked.
/// Where a change to the body changes its length, `Content-Length` is only required to be right.
///
/// @param aspects by name, such as `#1 status`, `#1 header ETag`, `#1 body`, `upstream`
public record Outcome(Map<String, String> aspects) {
    private static final Pattern PROGRAM = Pattern.compile("<hr><center>[^<]*</center>\r\n</body>");
    private static final Pattern BOUNDARY = Pattern.compile("boundary=(\\S+)");

    static Outcome of(List<Reply> replies, List<String> upstream, String mask, Served server) {
        Map<String, String> aspects = new LinkedHashMap<>();
        for (int i = 0; i < replies.size(); i++) {
            describe("#" + (i + 1) + " ", replies.get(i), mask, server.hasOwnFields(), aspects);
        }
        aspects.put("upstream", String.join("\n--\n", upstream));
        aspects.replaceAll((name, value) -> server.generalised(value));
        return new Outcome(aspects);
    }

    /// The names of what differs, with both values.
    public Map<String, String> differences(Outcome other) {
        Map<String, String> differences = new TreeMap<>();
        List<String> names = new ArrayList<>(aspects.keySet());
        other.aspects.keySet().stream().filter(name -> !names.contains(name)).forEach(names::add);
        for (String name : names) {
            String mine = aspects.getOrDefault(name, "(none)");
            String theirs = other.aspects.getOrDefault(name, "(none)");
            if (!mine.equals(theirs)) {
                differences.put(name, "theirs: " + shortened(mine) + "\n  ours:   " + shortened(theirs));
            }
        }
        return differences;
    }

    private static String shortened(String value) {
        return value.length() <= 600 ? value : value.substring(0, 600) + "… (" + value.length() + " characters)";
    }

    private static void describe(
            String prefix, Reply reply, String mask, boolean hasOwnFields, Map<String, String> aspects) {
        for (Reply interim : reply.interim()) {
            aspects.merge(prefix + "interim", interim.statusLine() + interim.headers(), (a, b) -> a + "\n" + b);
        }
        aspects.put(prefix + "status", reply.statusLine());
        String body = unpacked(reply);
        String neutral = PROGRAM.matcher(body).replaceAll("<hr><center>PROGRAM</center>\r\n</body>");
        Matcher boundary = BOUNDARY.matcher(reply.header("Content-Type").orElse(""));
        if (boundary.find()) {
            neutral = neutral.replace(boundary.group(1), "BOUNDARY");
        }
        if (!mask.isEmpty()) {
            neutral = neutral.replaceAll(mask, "*");
        }
        boolean lengthIsRight =
                reply.header("Content-Length").map(Integer::parseInt).orElse(-1)
                        == reply.body().length();
        for (Header header : reply.headers()) {
            String value = hasOwnFields ? neutral(header, reply) : header.value();
            if (header.name().equalsIgnoreCase("Content-Length") && !neutral.equals(body) && lengthIsRight) {
                value = "right";
            }
            if (header.name().equalsIgnoreCase("Content-Length") && reply.status() >= 300 && body.isEmpty()) {
                value = withoutProgram(header, reply);
            }
            if (!value.isEmpty() || header.value().isEmpty()) {
                aspects.merge(prefix + "header " + header.name(), value, (a, b) -> a + "\n" + b);
            }
        }
        aspects.put(prefix + "body", neutral);
        aspects.put(prefix + "framing", reply.ending() + (reply.trailers().isEmpty() ? "" : " " + reply.trailers()));
    }

    /// The length of a page that is not there to be seen, less that of the program's name, which ends it.
    private static String withoutProgram(Header length, Reply reply) {
        int program = reply.header("Server").map(String::length).orElse(0);
        return length.value().equals("0") ? "0" : Integer.parseInt(length.value()) - program + " and the name";
    }

    private static String neutral(Header header, Reply reply) {
        return switch (header.name()) {
            case "Date", "Server" -> "";
            case "Expires" -> relative(header.value(), reply);
            case "Content-Type" -> BOUNDARY.matcher(header.value()).replaceAll("boundary=BOUNDARY");
            default -> header.value();
        };
    }

    private static String relative(String moment, Reply reply) {
        try {
            ZonedDateTime expires = ZonedDateTime.parse(moment, DateTimeFormatter.RFC_1123_DATE_TIME);
            ZonedDateTime now =
                    ZonedDateTime.parse(reply.header("Date").orElse(""), DateTimeFormatter.RFC_1123_DATE_TIME);
            long seconds = Duration.between(now, expires).toSeconds();
            return Math.abs(seconds) > 40_000_000 ? moment : "in " + seconds + " s";
        } catch (java.time.DateTimeException notADate) {
            return moment;
        }
    }

    private static String unpacked(Reply reply) {
        String coding = reply.header("Content-Encoding").orElse("");
        if (reply.body().isEmpty() || !List.of("gzip", "deflate").contains(coding)) {
            return reply.body();
        }
        try (InputStream stream = unpacking(coding, reply.bytes())) {
            return new String(stream.readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (IOException broken) {
            return "(not " + coding + ": " + broken.getMessage() + ") " + reply.body();
        }
    }

    /// Deflated bytes stand between a header and a checksum (RFC 1950) or alone.
    private static InputStream unpacking(String coding, byte[] bytes) throws IOException {
        ByteArrayInputStream packed = new ByteArrayInputStream(bytes);
        boolean isWrapped =
                bytes.length > 1 && (bytes[0] & 0x0f) == 8 && ((bytes[0] << 8) + (bytes[1] & 0xff)) % 31 == 0;
        return coding.equals("gzip")
                ? new GZIPInputStream(packed)
                : new InflaterInputStream(packed, new Inflater(!isWrapped));
    }
}
