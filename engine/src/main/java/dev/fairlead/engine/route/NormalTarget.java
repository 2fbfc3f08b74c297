package dev.fairlead.engine.route;

import dev.fairlead.model.http.Rule.Normalise.Form;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Path and query in another form that means the same (RFC 3986, section 6.2.2).
final class NormalTarget {
    private NormalTarget() {}

    /// @param target path and query as they are sent
    /// @param strict whether a `%` without two hexadecimal digits behind it is an error, or left as it is
    /// @return null for such an error
    static @Nullable String of(String target, Form form, boolean strict) {
        int mark = target.indexOf('?');
        String path = mark < 0 ? target : target.substring(0, mark);
        String rest = target.substring(path.length());
        return switch (form) {
            case ENCODE_FRAGMENT -> target.replace("#", "%23");
            case STRIP_FRAGMENT -> target.indexOf('#') < 0 ? target : target.substring(0, target.indexOf('#'));
            case MERGE_SLASHES -> merged(path) + rest;
            case STRIP_DOT -> withoutDot(path) + rest;
            case STRIP_DOT_DOT -> withoutDotDot(path, false) + rest;
            case STRIP_ALL_DOT_DOT -> withoutDotDot(path, true) + rest;
            case DECODE_UNRESERVED -> escapes(target, strict, true);
            case UPPER_CASE_ESCAPES -> escapes(target, strict, false);
            case SORT_QUERY -> rest.length() < 2 ? target : path + "?" + sorted(rest.substring(1));
        };
    }

    private static String merged(String path) {
        StringBuilder merged = new StringBuilder(path.length());
        for (int i = 0; i < path.length(); i++) {
            if (path.charAt(i) != '/' || i == 0 || path.charAt(i - 1) != '/') {
                merged.append(path.charAt(i));
            }
        }
        return merged.toString();
    }

    private static String withoutDot(String path) {
        StringBuilder left = new StringBuilder(path.length());
        String[] parts = path.split("/", -1);
        for (int i = 0; i < parts.length; i++) {
            boolean isLast = i == parts.length - 1;
            if (i > 0 && parts[i].equals(".")) {
                left.append(isLast ? "/" : "");
            } else {
                left.append(i > 0 ? "/" : "").append(parts[i]);
            }
        }
        return left.toString();
    }

    /// @param all whether those with nothing in front of them go too
    private static String withoutDotDot(String path, boolean all) {
        if (!path.startsWith("/")) {
            return path;
        }
        String[] parts = path.substring(1).split("/", -1);
        Deque<String> left = new ArrayDeque<>();
        for (String part : parts) {
            boolean isUp = part.equals("..");
            if (isUp && !left.isEmpty() && !left.getLast().equals("..")) {
                left.removeLast();
            } else if (!isUp || !all) {
                left.addLast(part);
            }
        }
        if (parts[parts.length - 1].equals("..")) {
            left.addLast("");
        }
        return "/" + String.join("/", left);
    }

    private static @Nullable String escapes(String text, boolean strict, boolean decodes) {
        StringBuilder changed = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int high = c == '%' && i + 2 < text.length() ? Character.digit(text.charAt(i + 1), 16) : -1;
            int low = high >= 0 ? Character.digit(text.charAt(i + 2), 16) : -1;
            if (c == '%' && low < 0 && strict) {
                return null;
            }
            if (low < 0) {
                changed.append(c);
            } else {
                char decoded = (char) (high * 16 + low);
                if (decodes && isUnreserved(decoded)) {
                    changed.append(decoded);
                } else {
                    changed.append('%')
                            .append(decodes ? text.charAt(i + 1) : Character.toUpperCase(text.charAt(i + 1)))
                            .append(decodes ? text.charAt(i + 2) : Character.toUpperCase(text.charAt(i + 2)));
                }
                i += 2;
            }
        }
        return changed.toString();
    }

    private static boolean isUnreserved(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || "-._~".indexOf(c) >= 0;
    }

    private static String sorted(String query) {
        return Stream.of(query.split("&", -1))
                .sorted(Comparator.comparing(NormalTarget::name))
                .collect(Collectors.joining("&"));
    }

    private static String name(String argument) {
        int equals = argument.indexOf('=');
        return equals < 0 ? argument : argument.substring(0, equals);
    }
}
