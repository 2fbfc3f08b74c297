package dev.fairlead.conformance.nginx;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Where Fairlead answers otherwise than nginx 1.22 and is meant to. The only such list; `docs/differences.md` is its mirror.
///
/// @param title a heading, which is also its name
/// @param cases which cases, as a regular expression on `group: name`
/// @param aspects which aspects of the outcome, as a regular expression
/// @param reason what differs, why, and what it means to the reader
record AllowedDifference(String title, Pattern cases, Pattern aspects, String reason) {
    static final List<AllowedDifference> ALL = List.of();

    static AllowedDifference of(String title, String cases, String aspects, String reason) {
        String flowing = reason.strip().replaceAll("\\s*\\n\\s*", " ");
        return new AllowedDifference(title, Pattern.compile(cases), Pattern.compile(aspects), flowing);
    }

    static Optional<AllowedDifference> covering(String test, String aspect) {
        return ALL.stream()
                .filter(allowed -> allowed.cases.matcher(test).matches()
                        && allowed.aspects.matcher(aspect).matches())
                .findFirst();
    }

    /// All of them as `docs/differences.md` tells them.
    static String page() {
        return ALL.stream()
                .map(allowed -> "## " + allowed.title + "\n\n" + wrapped(allowed.reason) + "\n")
                .collect(Collectors.joining("\n"));
    }

    private static String wrapped(String text) {
        StringBuilder lines = new StringBuilder();
        int column = 0;
        for (String word : Arrays.asList(text.split(" ", -1))) {
            boolean fits = column + word.length() < 110;
            lines.append(column == 0 ? "" : fits ? " " : "\n").append(word);
            column = fits ? column + word.length() + 1 : word.length() + 1;
        }
        return lines.toString();
    }
}
