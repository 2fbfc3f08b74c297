package dev.fairlead.conformance.cases;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Turns what a case file says of a message into the bytes to send.
final class Requests {
    private static final Pattern ESCAPE = Pattern.compile("\\\\(?:x([0-9a-fA-F]{2})|([rnt0\\\\]))");

    private Requests() {}

    static List<Group.Step> steps(String text, boolean raw) {
        List<Group.Step> steps = new ArrayList<>();
        List<String> parts = new ArrayList<>();
        List<Group.Connection> connections = new ArrayList<>(List.of(Group.Connection.FRESH));
        StringBuilder part = new StringBuilder();
        for (String line : text.lines().toList()) {
            switch (line) {
                case "+++", "---", "***" -> {
                    parts.add(part.toString());
                    part.setLength(0);
                    connections.add(
                            switch (line) {
                                case "+++" -> Group.Connection.FRESH;
                                case "---" -> Group.Connection.SAME;
                                default -> Group.Connection.MEANWHILE;
                            });
                }
                default -> part.append(line).append('\n');
            }
        }
        parts.add(part.toString());
        for (int i = 0; i < parts.size(); i++) {
            boolean last = i + 1 == parts.size() || connections.get(i + 1) != Group.Connection.SAME;
            String request = raw ? escaped(parts.get(i)) : completed(parts.get(i), last);
            steps.add(
                    new Group.Step(connections.get(i), request, raw ? methods(request) : methods(firstLine(request))));
        }
        return steps;
    }

    /// An upstream's answer: the head's lines end in CR LF, the body stands as written, unless it comes in
    /// chunks.
    static String response(String text, Map<String, String> options) {
        if (options.containsKey("raw")) {
            return escaped(text);
        }
        int end = text.indexOf("\n\n");
        String head = end < 0 ? text.stripTrailing() : text.substring(0, end);
        String body = end < 0 ? "" : text.substring(end + 2);
        if (options.containsKey("repeat")) {
            body = body.stripTrailing().repeat(Integer.parseInt(options.get("repeat")));
        }
        String lower = head.toLowerCase(Locale.ROOT);
        if (lower.contains("transfer-encoding: chunked")) {
            body = body.replace("\n", "\r\n");
        } else if (!lower.contains("content-length:") && !options.containsKey("then")) {
            head += "\nContent-Length: " + body.length();
        }
        return head.replace("\n", "\r\n") + "\r\n\r\n" + body;
    }

    private static String completed(String text, boolean last) {
        int end = text.indexOf("\n\n");
        List<String> lines = new ArrayList<>(
                Arrays.asList((end < 0 ? text.stripTrailing() : text.substring(0, end)).split("\n", -1)));
        String body = end < 0 ? "" : text.substring(end + 2);
        if (body.endsWith("\n")) {
            body = body.substring(0, body.length() - 1);
        }
        if (!lines.getFirst().contains(" HTTP/")) {
            lines.set(0, lines.getFirst() + " HTTP/1.1");
        }
        if (!has(lines, "host") && !lines.getFirst().endsWith("HTTP/1.0")) {
            lines.add("Host: localhost");
        }
        if (has(lines, "transfer-encoding")) {
            body = (body + "\n\n").replace("\n", "\r\n");
        } else if (!body.isEmpty() && !has(lines, "content-length")) {
            lines.add("Content-Length: " + body.length());
        }
        if (last && !has(lines, "connection") && lines.getFirst().endsWith("HTTP/1.1")) {
            lines.add("Connection: close");
        }
        return String.join("\r\n", lines) + "\r\n\r\n" + body;
    }

    private static boolean has(List<String> lines, String header) {
        return lines.stream().anyMatch(line -> line.toLowerCase(Locale.ROOT).startsWith(header + ":"));
    }

    private static String firstLine(String request) {
        return request.substring(0, request.indexOf('\n') + 1);
    }

    private static List<String> methods(String bytes) {
        List<String> methods = new ArrayList<>();
        Matcher line = Pattern.compile("(?m)^([A-Z]+) \\S+ HTTP/1\\.[01]\\r?$").matcher(bytes);
        while (line.find()) {
            methods.add(line.group(1));
        }
        return methods.isEmpty() ? List.of("GET") : methods;
    }

    private static String escaped(String text) {
        return ESCAPE.matcher(text.replace("\n", "\r\n")).replaceAll(found -> {
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
