package dev.fairlead.conformance.nginx;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// Compares what two programs logged of the same requests.
///
/// A program's name is part of the pages it makes and of the `Server` header, so numbers of bytes may differ by
/// the difference of the names' lengths, once for the header and once for the page. Nothing else may.
final class LogLines {
    private static final int NAMES = "fairlead/0.1.0".length() - "nginx/1.22.1".length();
    private static final Pattern NUMBER = Pattern.compile("\\d{2,9}");

    private LogLines() {}

    /// What differs, by file and line; empty when nothing does.
    static List<String> differences(Map<String, String> nginx, Map<String, String> fairlead) {
        List<String> differences = new ArrayList<>();
        TreeSet<String> files = new TreeSet<>(nginx.keySet());
        files.addAll(fairlead.keySet());
        for (String file : files) {
            List<String> theirs = nginx.getOrDefault(file, "").lines().toList();
            List<String> ours = fairlead.getOrDefault(file, "").lines().toList();
            for (int i = 0; i < Math.max(theirs.size(), ours.size()); i++) {
                String expected = i < theirs.size() ? theirs.get(i) : "(nothing)";
                String actual = i < ours.size() ? ours.get(i) : "(nothing)";
                if (!same(expected, actual)) {
                    differences.add(file + ":" + (i + 1) + "\n  nginx:    " + expected + "\n  fairlead: " + actual);
                }
            }
        }
        return differences;
    }

    private static boolean same(String nginx, String fairlead) {
        String[] theirs = nginx.split("[ |\"]", -1);
        String[] ours = fairlead.split("[ |\"]", -1);
        if (theirs.length != ours.length) {
            return false;
        }
        for (int i = 0; i < theirs.length; i++) {
            if (!Objects.equals(theirs[i], ours[i]) && !differByName(theirs[i], ours[i])) {
                return false;
            }
        }
        return true;
    }

    private static boolean differByName(String nginx, String fairlead) {
        if (!NUMBER.matcher(nginx).matches() || !NUMBER.matcher(fairlead).matches()) {
            return false;
        }
        int difference = Integer.parseInt(fairlead) - Integer.parseInt(nginx);
        return difference == NAMES || difference == 2 * NAMES;
    }
}
