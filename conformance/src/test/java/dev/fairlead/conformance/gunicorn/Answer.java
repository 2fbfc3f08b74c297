package dev.fairlead.conformance.gunicorn;

import dev.fairlead.testkit.Header;
import dev.fairlead.testkit.Reply;
import dev.fairlead.testkit.Wire;
import dev.fairlead.testkit.WireFormatError;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// What a client got for one request, as far as it can be compared.
///
/// @param version of the status line
/// @param status code and reason; `nothing` where the connection ended without an answer
/// @param interim status lines that came before it
/// @param headers without those that say how the body is framed
/// @param framing how the body's length was told
record Answer(
        String version,
        String status,
        List<String> interim,
        Map<String, List<String>> headers,
        String body,
        String framing,
        boolean isErrorPage) {
    private static final Set<String> LEFT_OUT = Set.of("date", "server", "content-length", "transfer-encoding");

    /// For a server that may wait for more.
    static final Duration BRIEFLY = Duration.ofSeconds(4);
    /// For one that answers, however busy the machine.
    static final Duration LONG = Duration.ofSeconds(60);

    /// Only the real one offers its socket to every request, and only newer ones early hints.
    private static final Pattern OFFERED = Pattern.compile("(gunicorn\\.socket|wsgi\\.early_hints) = an object\n");

    static List<Answer> to(RequestFile.Case request, int port, Duration patience) {
        List<Answer> answers = new ArrayList<>();
        try (Wire wire = Wire.connect(port).patience(patience)) {
            wire.sendRaw(Integer.MAX_VALUE, request.bytes());
            if (request.isFinished()) {
                wire.finish();
            }
            List<String> methods = methods(request.bytes());
            for (int i = 0; i < request.replies(); i++) {
                answers.add(next(wire, i < methods.size() ? methods.get(i) : "GET"));
            }
        }
        return answers;
    }

    private static Answer next(Wire wire, String method) {
        try {
            return wire.tryReply(method).map(reply -> of(reply, method)).orElseGet(() -> without("nothing"));
        } catch (WireFormatError notHttp) {
            return without(String.valueOf(notHttp.getMessage()));
        } catch (AssertionError stillWaiting) {
            return without("nothing yet");
        }
    }

    private static List<String> methods(byte[] bytes) {
        List<String> methods = new ArrayList<>();
        for (String line : new String(bytes, StandardCharsets.ISO_8859_1).split("\r\n", -1)) {
            if (line.matches("(hi)?[A-Z]+ \\S+ HTTP/1\\.[01]")) {
                methods.add(line.replaceFirst("^hi", "").replaceFirst(" .*", ""));
            }
        }
        return methods;
    }

    private static Answer without(String status) {
        return new Answer("", status, List.of(), Map.of(), "", "", false);
    }

    private static Answer of(Reply reply, String method) {
        Map<String, List<String>> headers = new TreeMap<>();
        for (Header header : reply.headers()) {
            String name = header.name().toLowerCase(Locale.ROOT);
            if (!LEFT_OUT.contains(name)) {
                headers.computeIfAbsent(name, first -> new ArrayList<>()).add(header.value());
            }
        }
        boolean isErrorPage = reply.status() >= 400 && reply.body().startsWith("<html>");
        return new Answer(
                reply.statusLine().substring(0, 8),
                reply.statusLine().substring(9),
                reply.interim().stream().map(Reply::statusLine).toList(),
                headers,
                isErrorPage ? "" : OFFERED.matcher(reply.body()).replaceAll(""),
                isErrorPage ? "" : framing(reply, method),
                isErrorPage);
    }

    private static String framing(Reply reply, String method) {
        String length = reply.header("Content-Length").map(value -> "length").orElse("");
        String chunks = reply.header("Transfer-Encoding").orElse("");
        String ending = switch (reply.ending()) {
            case FRAMED -> length.isEmpty() && chunks.isEmpty() ? "none" : "";
            case CLOSED -> "until the end";
            case CUT_SHORT -> "cut short";
        };
        return (method.equals("HEAD") ? "HEAD " : "") + length + chunks + ending;
    }

    /// What differs, by aspect: what it is here, and there.
    Map<String, String> differences(Answer other) {
        Map<String, String> found = new LinkedHashMap<>();
        if (!status.equals(other.status)) {
            found.put("status", status + " != " + other.status);
            return found;
        }
        compare("version", version, other.version, found);
        compare("interim", interim.toString(), other.interim.toString(), found);
        if (isErrorPage && other.isErrorPage) {
            return found;
        }
        Set<String> names = new java.util.TreeSet<>(headers.keySet());
        names.addAll(other.headers.keySet());
        for (String name : names) {
            compare("header " + name, "" + headers.get(name), "" + other.headers.get(name), found);
        }
        compare("framing " + framing + " -> " + other.framing, framing, other.framing, found);
        compare("body", body, other.body, found);
        return found;
    }

    private static void compare(String aspect, String theirs, String ours, Map<String, String> found) {
        if (!theirs.equals(ours)) {
            found.put(aspect, shortened(theirs) + "\n  != " + shortened(ours));
        }
    }

    private static String shortened(String text) {
        return text.length() > 3000 ? text.substring(0, 1500) + "..." + text.substring(text.length() - 1500) : text;
    }
}
